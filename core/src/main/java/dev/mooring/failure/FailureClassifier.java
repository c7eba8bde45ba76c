package dev.mooring.failure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether an exception is the dependency's fault, and of which kind. Must be thread-safe. Where a classifier throws or
 * returns null, {@link #jdk()} decides instead. A classifier that blocks delays the call or the probe that failed, and nothing
 * else.
 */
@FunctionalInterface
public interface FailureClassifier {
    /**
     * The kind of failure that {@code error} stands for, or empty when it says nothing against the dependency: the caller gave up,
     * or its request was wrong (a 4xx, a violated constraint). A failed probe always counts: empty means {@code unknown} there.
     */
    Optional<FailureKind> classify(Throwable error);

    /** What to check for a failure of this kind, as one sentence about this dependency; default {@link FailureKind#hint()}. */
    default String hint(FailureKind kind) {
        return kind.hint();
    }

    /** {@code error} and its causes from the outside in, at most 20 of them: a longer chain is a loop or an accident. */
    static List<Throwable> causes(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .toList();
    }

    /**
     * Knows the exceptions of the JDK (sockets, names, TLS, its HTTP client). Interruption and cancellation are no failure;
     * anything else is {@code unknown}.
     */
    static FailureClassifier jdk() {
        return JdkFailureClassifier.INSTANCE;
    }

    /** {@code classifier}, but where it throws or returns null, {@link #jdk()} decides. */
    static FailureClassifier fenced(FailureClassifier classifier) {
        return classifier instanceof FencedClassifier || classifier instanceof JdkFailureClassifier
                ? classifier
                : new FencedClassifier(classifier);
    }
}
