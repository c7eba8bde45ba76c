package dev.mooring.failure;

import java.util.Optional;

/** Tells whether an exception is the dependency's fault, and which kind of fault. Must be thread-safe and must not block. */
@FunctionalInterface
public interface FailureClassifier {
    /**
     * The kind of failure that {@code error} stands for, or empty when it says nothing against the dependency: the caller gave
     * up, or asked for something wrong (a 4xx, a violated constraint).
     */
    Optional<FailureKind> classify(Throwable error);

    /** Understands the exceptions of the JDK (sockets, names, TLS, its HTTP client); anything else is {@code unknown}. */
    static FailureClassifier jdk() {
        return JdkFailureClassifier.INSTANCE;
    }
}
