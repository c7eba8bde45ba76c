package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The breaker admits calls. The state is its own permit: to admit a call is one volatile read of the breaker, and a success with no
 * failure before it writes only its own stripe of a counter.
 */
final class Closed extends State implements Permit {
    private static final VarHandle FAILURES;

    static {
        try {
            FAILURES = MethodHandles.lookup().findVarHandle(Closed.class, "failures", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CallCounters counters;
    private final @Nullable OutcomeWindow window;

    /**
     * Failures in a row in this generation. While it is not zero, the breaker reports the next success as a veto; so the supervisor
     * raises it from zero to one when it suspects the dependency. Guarded by atomic access alone: a success may overwrite a failure
     * of the same instant, and the row then begins one failure later.
     */
    private volatile int failures;

    private final int failedRecoveries;

    /**
     * Closes the breaker after recoveries of which {@code failedRecoveries} failed. The number counts until the recovery timeout has
     * passed: if the dependency goes down again before that, its recovery has failed.
     */
    Closed(Breaker breaker, int failedRecoveries) {
        super(breaker);
        this.failedRecoveries = failedRecoveries;
        this.counters = breaker.counters();
        this.window = breaker.settings().failureRate().map(OutcomeWindow::new).orElse(null);
    }

    @Override
    BreakerState name() {
        return BreakerState.CLOSED;
    }

    @Override
    Permit admit() {
        return this;
    }

    @Override
    Permit tryAdmit() {
        return this;
    }

    @Override
    public void success() {
        counters.succeeded();
        if (failures != 0) {
            failures = 0;
            breaker.vetoed(this);
        }
        if (window != null) {
            window.record(false);
        }
    }

    @Override
    public void failure(Failure failure) {
        int inARow = (int) FAILURES.getAndAdd(this, 1) + 1;
        boolean tooMany = window != null && window.record(true);
        breaker.failed(this, failure, inARow, tooMany);
    }

    @Override
    public void ignore() {
        counters.ignored();
    }

    /** An outage within the recovery timeout counts as another failed recovery; after a later one the count begins at zero. */
    @Override
    int failedRecoveries() {
        boolean soon = lasted().compareTo(breaker.settings().recoveryTimeout()) < 0;
        return soon ? failedRecoveries : 0;
    }

    @Override
    int failuresInARow() {
        return failures;
    }

    /** Makes the breaker report the next success as a veto. */
    void suspect() {
        FAILURES.compareAndSet(this, 0, 1);
    }
}
