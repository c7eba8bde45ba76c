package dev.mooring.breaker;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Outside supervision: refuses every call, and neither evidence nor an operator moves it. */
final class Resting extends State {
    private final Reason reason;

    private enum Reason {
        /** Supervision has not begun, so a call throws: it is the caller's mistake. */
        UNATTACHED("nothing supervises it"),
        SWITCHED_OFF("it is switched off"),
        ENDED("supervision ended");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private Resting(Breaker breaker, Reason reason) {
        super(breaker);
        this.reason = reason;
    }

    /** Supervision has not begun. */
    static Resting unattached(Breaker breaker) {
        return new Resting(breaker, Reason.UNATTACHED);
    }

    /** A setting switched the dependency off. */
    static Resting switchedOff(Breaker breaker) {
        return new Resting(breaker, Reason.SWITCHED_OFF);
    }

    /** Supervision ended. */
    static Resting ended(Breaker breaker) {
        return new Resting(breaker, Reason.ENDED);
    }

    @Override
    BreakerState name() {
        return BreakerState.OPEN;
    }

    @Override
    Permit admit() {
        failIfUnattached();
        throw refusal();
    }

    @Override
    @Nullable
    Permit tryAdmit() {
        failIfUnattached();
        return refuse();
    }

    private void failIfUnattached() {
        if (reason == Reason.UNATTACHED) {
            throw new IllegalStateException(
                    breaker.dependency() + " is not supervised: pass it to Mooring.supervise(…) before the first call");
        }
    }

    @Override
    String words() {
        return reason.words;
    }

    /** The breaker plans no attempt. */
    @Override
    Optional<Duration> nextAttempt() {
        return Optional.empty();
    }
}
