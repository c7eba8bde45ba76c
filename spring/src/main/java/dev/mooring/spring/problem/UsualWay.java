package dev.mooring.spring.problem;

import dev.mooring.failure.FailureClassifier;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/**
 * The exceptions that go their usual way although a refused call may be their cause: Spring Security answers its own, a lost update is
 * no outage, and of a commit that failed the client must not learn that a repetition is harmless.
 */
final class UsualWay {
    private static final Set<String> OF_SECURITY = Set.of(
            "org.springframework.security.core.AuthenticationException",
            "org.springframework.security.access.AccessDeniedException");

    private UsualWay() {}

    /** Whether {@code error} or one of its causes is such an exception. */
    static boolean of(Throwable error) {
        return FailureClassifier.causes(error).stream()
                .anyMatch(cause -> isOfSecurity(cause)
                        || cause instanceof OptimisticLockingFailureException
                        || (cause instanceof TransactionException
                                && !(cause instanceof CannotCreateTransactionException)));
    }

    /** Whether Spring Security answers {@code error}. */
    static boolean isOfSecurity(Throwable error) {
        return Stream.<Class<?>>iterate(error.getClass(), type -> type != null, Class::getSuperclass)
                .anyMatch(type -> OF_SECURITY.contains(type.getName()));
    }
}
