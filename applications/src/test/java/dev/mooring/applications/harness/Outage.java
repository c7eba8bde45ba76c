package dev.mooring.applications.harness;

import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What 40 callers of a JPA application met in an outage.
 *
 * @param told from the fault until readiness said so; the length of the outage if it never did
 * @param inFlight the slowest of the calls that were in flight when the fault came
 * @param slowestBefore the slowest of the calls that began in the outage before readiness reported it
 * @param hanging how many of these took longer than {@link #PATIENCE}
 * @param halfAfter half of the calls that began after readiness reported it took at most this long
 * @param mostAfter 95 of 100 of these took at most this long
 * @param slowestAfter the slowest of these
 * @param back from the end of the fault until the first success
 * @param failedLater how many calls failed that began later than 3 s after the end of the fault
 */
public record Outage(
        Duration told,
        Duration inFlight,
        Duration slowestBefore,
        int hanging,
        Duration halfAfter,
        Duration mostAfter,
        Duration slowestAfter,
        Duration back,
        int failedLater) {
    /** A caller who waits for a connection waits 2 s at most; the rest is for a machine that has other work. */
    public static final Duration PATIENCE = Duration.ofMillis(2_300);

    private static final int CALLERS = 40;
    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration KILLED = Duration.ofSeconds(5);
    private static final Duration FROZEN = Duration.ofSeconds(13);
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration AFTER = Duration.ofSeconds(2);

    /** The server is killed, and starts again 5 s later. */
    public static Outage killed(TestPostgres server, Variant variant) throws InterruptedException {
        return outage(server, variant, KILLED, server::kill, server::start);
    }

    /** The server freezes for 13 s. */
    public static Outage frozen(TestPostgres server, Variant variant) throws InterruptedException {
        return outage(server, variant, FROZEN, server::freeze, server::thaw);
    }

    private static Outage outage(
            TestPostgres server, Variant variant, Duration length, Runnable breaks, Runnable repairs)
            throws InterruptedException {
        try (Trial trial = new Trial(server, Kind.JPA_DDL, variant, Duration.ZERO)) {
            Timed<String> start = trial.start();
            if (!start.succeeded() || !trial.work().succeeded()) {
                throw new AssertionError("the application does not start: " + start.cause());
            }
            return outage(trial, length, breaks, repairs);
        }
    }

    private static Outage outage(Trial trial, Duration length, Runnable breaks, Runnable repairs)
            throws InterruptedException {
        Load load = trial.load(CALLERS);
        rest(BEFORE);
        long fault = System.nanoTime();
        breaks.run();
        long told = trial.becomeUnready(length).took().toNanos();
        rest(Duration.ofNanos(length.toNanos() - (System.nanoTime() - fault)));
        repairs.run();
        long end = System.nanoTime();
        rest(CALM.plus(AFTER));
        load.close();
        List<Load.Call> inFlight = load.between(fault - length.toNanos(), fault).stream()
                .filter(one -> one.end() - fault > 0)
                .toList();
        List<Load.Call> before = load.between(fault, fault + told);
        List<Load.Call> after =
                load.between(fault + told, end - Duration.ofSeconds(1).toNanos());
        return new Outage(
                Duration.ofNanos(told),
                slowest(inFlight),
                slowest(before),
                (int) before.stream()
                        .filter(one -> one.took().compareTo(PATIENCE) > 0)
                        .count(),
                share(after, 50),
                share(after, 95),
                slowest(after),
                back(load, end),
                (int) load.between(end + CALM.toNanos(), Long.MAX_VALUE + end).stream()
                        .filter(one -> !one.succeeded())
                        .count());
    }

    private static Duration back(Load load, long end) {
        return load.between(end - FROZEN.toNanos(), end + FROZEN.toNanos()).stream()
                .filter(one -> one.succeeded() && one.end() - end > 0)
                .map(one -> Duration.ofNanos(one.end() - end))
                .min(Comparator.naturalOrder())
                .orElse(FROZEN);
    }

    private static Duration slowest(List<Load.Call> calls) {
        return calls.stream()
                .map(Load.Call::took)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static Duration share(List<Load.Call> calls, long percent) {
        return calls.stream()
                .map(Load.Call::took)
                .sorted()
                .skip(calls.size() * percent / 100)
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private static void rest(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Override
    public String toString() {
        return "told down after " + Timed.text(told) + "; slowest call in flight " + Timed.text(inFlight)
                + ", before readiness reports it "
                + Timed.text(slowestBefore) + " (" + hanging + " longer than " + Timed.text(PATIENCE)
                + "), afterwards " + Timed.text(slowestAfter) + " (half: "
                + Timed.text(halfAfter) + ", 95 of 100: " + Timed.text(mostAfter) + "); back after " + Timed.text(back)
                + "; failed later: " + failedLater;
    }
}
