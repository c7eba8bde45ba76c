package dev.mooring.benchmarks.races;

import dev.mooring.breaker.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A trial call that returns while its lease ends frees its place once and counts once. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one place free, one success")
@State
public class LeaseEnds extends Subject {
    private final Permit trial;

    public LeaseEnds() {
        recovering();
        trial = breaker.acquire();
    }

    @Actor
    public void caller() {
        trial.success();
    }

    @Actor
    public void supervisor() {
        leasesEnd();
    }

    @Arbiter
    public void look(II_Result result) {
        result.r1 = admitted();
        result.r2 = (int) breaker.counts().succeeded();
    }
}
