package dev.mooring.benchmarks.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Exactly one of two callers that ask for the one trial call gets it. */
@JCStressTest
@Outcome(
        id = {"1, 0", "0, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one of them")
@State
public class OneTrial extends Subject {
    public OneTrial() {
        recovering();
    }

    @Actor
    public void one(II_Result result) {
        result.r1 = given(breaker.tryAcquire());
    }

    @Actor
    public void two(II_Result result) {
        result.r2 = given(breaker.tryAcquire());
    }
}
