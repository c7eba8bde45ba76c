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

/** A failure at the same time as an order of an operator may open the breaker before the order, never after it. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the failure came late")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "the failure opened it, then the operator")
@State
public class OperatorHasTheLastWord extends Subject {
    private final Permit permit = breaker.acquire();

    @Actor
    public void caller() {
        permit.failure(FAILURE);
    }

    @Actor
    public void operator() {
        control.operator().bypass(ACT);
    }

    @Arbiter
    public void look(II_Result result) {
        result.r1 = breaker.view().state() == BreakerState.BYPASSED ? 1 : 0;
        result.r2 = moves.get();
    }
}
