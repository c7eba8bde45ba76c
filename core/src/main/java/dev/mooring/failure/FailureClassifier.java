package dev.mooring.failure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether an exception is the dependency's fault, and which kind of fault. Must be thread-safe. In place of a
 * classifier that throws or returns null {@link #jdk()} classifies; one that blocks holds up the call or the probe that failed, and
 * nothing else.
 */
@FunctionalInterface
public interface FailureClassifier {
    /**
     * The kind of failure that {@code error} stands for, or empty when it says nothing against the dependency: the caller gave
     * up, or asked for something wrong (a 4xx, a violated constraint). A probe that failed always counts; empty is {@code unknown}
     * there.
     */
    Optional<FailureKind> classify(Throwable error);

    /** {@code error} and its causes from the outside in, at most 20 of them: a longer chain is a loop or an accident. */
    static List<Throwable> causes(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .toList();
    }

    /** Understands the exceptions of the JDK (sockets, names, TLS, its HTTP client); anything else is {@code unknown}. */
    static FailureClassifier jdk() {
        return JdkFailureClassifier.INSTANCE;
    }

    /** {@code classifier}, made safe to call from anywhere: where it throws or returns null, {@link #jdk()} classifies. */
    static FailureClassifier fenced(FailureClassifier classifier) {
        return classifier instanceof FencedClassifier || classifier instanceof JdkFailureClassifier
                ? classifier
                : new FencedClassifier(classifier);
    }
}
