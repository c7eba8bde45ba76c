package dev.mooring.spring.guarded;

import dev.mooring.Dependency;
import dev.mooring.breaker.MooringException;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * The exceptions of guarded methods that speak against their dependency, so that the part that answers the caller knows that the fault is not of
 * the application. An exception is forgotten with its last reference elsewhere. Thread-safe; only calls that fail come here.
 */
public final class FailedCalls {
    private final Map<Throwable, Failed> known = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * A call that failed.
     *
     * @param dependency the name of the dependency that it went to
     * @param kind the kind of the failure
     */
    public record Failed(String dependency, FailureKind kind) {}

    /** The call whose exception this is, or is the cause of this; empty if no guarded method threw it. */
    public Optional<Failed> behind(Throwable error) {
        return FailureClassifier.causes(error).stream()
                .flatMap(cause -> Optional.ofNullable(known.get(cause)).stream())
                .findFirst();
    }

    /** Remembers the exception, if the dependency's breaker counts it. */
    void note(Throwable error, Dependency dependency) {
        if (error instanceof MooringException || error instanceof Error) {
            return;
        }
        dependency
                .classifier()
                .classify(error)
                .ifPresent(kind -> known.put(error, new Failed(dependency.name(), kind)));
    }
}
