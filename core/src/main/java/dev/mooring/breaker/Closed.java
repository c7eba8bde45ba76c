package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Calls are admitted. The state is its own permit: admitting is one volatile read of the breaker, and a success with no failure
 * pending writes nothing but its own stripe of a counter.
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
     * Failures in a row in this generation. Not zero means too that a success is news (somebody suspects the dependency), which
     * is why the supervisor raises it to one when it suspects. Guarded by atomic access alone; a success may overwrite a failure
     * that happened at the same instant, which only means that the row begins one later.
     */
    private volatile int failures;

    private final int failedRecoveries;

    /** {@code failedRecoveries} is remembered for a while: a dependency that falls again soon was not well. */
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

    /** Falling again soon after a recovery counts as one that failed. */
    @Override
    int failedRecoveries() {
        boolean soon = lasted().compareTo(breaker.settings().recoveryTimeout()) < 0;
        return soon ? failedRecoveries : 0;
    }

    @Override
    int failuresInARow() {
        return failures;
    }

    /** From now on the next success is reported as a veto. */
    void suspect() {
        FAILURES.compareAndSet(this, 0, 1);
    }
}
