package dev.mooring.benchmarks.races;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A failure of an older generation never opens the generation that an operator began, and it always counts. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "closed, counted")
@State
public class LateFailure extends Subject {
    private final Permit permit = breaker.acquire();

    @Actor
    public void caller() {
        permit.failure(FAILURE);
    }

    @Actor
    public void operator() {
        control.operator().open(ACT);
        control.operator().close();
    }

    @Arbiter
    public void look(II_Result result) {
        result.r1 = breaker.view().state() == BreakerState.CLOSED ? 1 : 0;
        result.r2 = (int) breaker.counts().failures();
    }
}
