package dev.mooring.benchmarks.races;

import dev.mooring.breaker.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two failures at the same time, each of which would open the breaker, both count, and the breaker opens once. */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "opened once, both counted")
@State
public class TwoFailures extends Subject {
    private final Permit first = breaker.acquire();
    private final Permit second = breaker.acquire();

    @Actor
    public void one() {
        first.failure(FAILURE);
    }

    @Actor
    public void two() {
        second.failure(FAILURE);
    }

    @Arbiter
    public void look(II_Result result) {
        result.r1 = moves.get();
        result.r2 = (int) breaker.counts().failures();
    }
}
