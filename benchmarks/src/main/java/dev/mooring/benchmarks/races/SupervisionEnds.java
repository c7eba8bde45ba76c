package dev.mooring.benchmarks.races;

import dev.mooring.breaker.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Once supervision has ended, the breaker admits no call, even if a trial call that would close it succeeds at the same time.
 */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "refused")
@State
public class SupervisionEnds extends Subject {
    private final Permit last;

    public SupervisionEnds() {
        recovering();
        breaker.acquire().success();
        breaker.acquire().success();
        last = breaker.acquire();
    }

    @Actor
    public void caller() {
        last.success();
    }

    @Actor
    public void supervisor() {
        control.detach();
    }

    @Arbiter
    public void look(I_Result result) {
        result.r1 = given(breaker.tryAcquire());
    }
}
