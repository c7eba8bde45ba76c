package dev.mooring.benchmarks.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Whoever forced it open, or asks after that, gets no permit; whoever asks beside it may get one. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "asked after it was forced open")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "asked before")
@State
public class RefusedAtOnce extends Subject {

    @Actor
    public void operator(III_Result result) {
        control.operator().open(ACT);
        result.r1 = given(breaker.tryAcquire());
    }

    @Actor
    public void caller(III_Result result) {
        result.r2 = given(breaker.tryAcquire());
    }

    @Arbiter
    public void look(III_Result result) {
        result.r3 = given(breaker.tryAcquire());
    }
}
