package dev.mooring.benchmarks.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * After a thread has forced the breaker open, neither that thread nor a later caller gets a permit. A caller at the same time
 * may get one.
 */
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
