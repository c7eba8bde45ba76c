package dev.mooring.operations.access;

import dev.mooring.failure.FailureKind;
import dev.mooring.settings.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * Keys that another service knows. Unlike all other parts of access, a check may wait; it ends within the deadline of the request.
 * Calls of operations, health and metrics never come here. Thread-safe.
 */
public interface ValidatedKeys {
    /** What is known of a key. */
    sealed interface Verdict {
        /**
         * The key is valid.
         *
         * @param inGrace whether only an earlier check says so, because the service that knows keys gives no clear answer now
         */
        record Valid(Caller caller, boolean inGrace) implements Verdict {}

        /** The service that knows keys says that this one is not valid. */
        record Invalid() implements Verdict {}

        /**
         * The service that knows keys gives no clear answer, and this key is not known from before.
         *
         * @param detail why, for the caller
         * @param retryAfter when asking again may help
         * @param kind how the auth service failed; empty where that is not known
         */
        record Unclear(String detail, Duration retryAfter, Optional<FailureKind> kind) implements Verdict {
            /** The auth service did not fail. */
            public Unclear(String detail, Duration retryAfter) {
                this(detail, retryAfter, Optional.empty());
            }
        }
    }

    /** Whether there is such a service, and it is in use. Otherwise no key is checked. */
    boolean areInUse();

    /**
     * Checks a key.
     *
     * @param address the client's address
     */
    Verdict check(Secret key, String address);

    /** No other service knows keys. */
    static ValidatedKeys none() {
        return new ValidatedKeys() {
            @Override
            public boolean areInUse() {
                return false;
            }

            @Override
            public Verdict check(Secret key, String address) {
                return new Verdict.Invalid();
            }
        };
    }
}
