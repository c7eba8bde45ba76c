package dev.mooring.applications.harness;

import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.SoftAssertions;

/**
 * Compares one kind of application with the starter to the same application without it, in one situation after another. Writes each result
 * into a table, and each promise that is not kept into the assertions. Not thread-safe.
 */
public final class Comparison {
    /** The longest a request may wait when an outage has just begun. Bounds for a machine that starts applications meanwhile. */
    private static final Duration FIRST_REFUSAL = Duration.ofSeconds(3);
    /** As FIRST_REFUSAL, once the application knows of the outage. */
    private static final Duration LATER_REFUSAL = Duration.ofMillis(500);

    private static final Duration BACK = Duration.ofSeconds(5);
    private static final Duration KNOWS_KILLED = Duration.ofSeconds(2);
    private static final Duration KNOWS_FROZEN = Duration.ofMillis(10_500);

    /** HikariCP hands out a connection without a look at it that was in use in the last 500 ms; such a call waits for the verdict. */
    private static final Duration UNCHECKED = Duration.ofSeconds(1);

    private final TestPostgres server;
    private final Kind kind;
    private final Table table;
    private final SoftAssertions promises;
    private Map<String, String> expected = Map.of();

    public Comparison(TestPostgres server, Kind kind, Table table, SoftAssertions promises) {
        this.server = server;
        this.kind = kind;
        this.table = table;
        this.promises = promises;
    }

    /** The database is well: the same answers with and without. Then it is killed, and perhaps frozen, and comes back. */
    public void wellThenOutages(boolean frozenToo) throws InterruptedException {
        for (Variant variant : List.of(Variant.WITHOUT, Variant.WITH)) {
            try (Trial trial = new Trial(server, kind, variant, Duration.ZERO)) {
                if (well(trial, variant, 0)) {
                    killed(trial, variant);
                    if (frozenToo) {
                        frozen(trial, variant);
                    }
                }
            }
        }
    }

    /** The database is well, but at a distance: the same answers as without the starter, which may be tried there too. */
    public void wellAt(int milliseconds, Set<Variant> variants) throws InterruptedException {
        for (Variant variant : variants) {
            try (Trial trial = new Trial(server, kind, variant, Duration.ofMillis(milliseconds))) {
                well(trial, variant, milliseconds);
            }
        }
    }

    private boolean well(Trial trial, Variant variant, int milliseconds) throws InterruptedException {
        Situation situation = Situation.at(milliseconds);
        Timed<String> start = trial.start();
        if (!start.succeeded()) {
            put(situation, variant, "does not start: " + start.cause());
            promises.fail("%s, %s: does not start %s: %s", kind, situation, variant, start.cause());
            return false;
        }
        Timed<String> ready = trial.becomeReady();
        put(situation, variant, "started after " + start.time() + ", ready after " + ready.time());
        promises.assertThat(ready.succeeded())
                .as("%s, %s: ready %s", kind, situation, variant)
                .isTrue();
        compare(situation, variant, trial.answers());
        return true;
    }

    private void compare(Situation situation, Variant variant, Timed<Map<String, String>> answers) {
        Map<String, String> given = answers.result().orElseGet(() -> Map.of("answers", answers.cause()));
        if (variant == Variant.WITHOUT) {
            expected = given;
            promises.assertThat(given.toString())
                    .as("%s, %s: answers", kind, situation)
                    .contains("one");
            return;
        }
        Map<String, String> differs = new HashMap<>(given);
        differs.entrySet().removeAll(expected.entrySet());
        promises.assertThat(differs)
                .as("%s, %s: other answers than without", kind, situation)
                .isEmpty();
        promises.assertThat(given.keySet())
                .as("%s, %s: answers", kind, situation)
                .isEqualTo(expected.keySet());
    }

    /**
     * The database comes after the start.
     *
     * @param variants whether to try it without the starter too
     * @param needsIt whether the frameworks or the application itself use the database in the start, so that it can only wait
     */
    public void late(boolean needsIt, Set<Variant> variants) throws InterruptedException {
        for (Variant variant : variants) {
            try (Trial trial = new Trial(server, kind, variant, Duration.ZERO)) {
                trial.database().vanish();
                boolean works = late(trial, variant, Situation.LATE, trial.start());
                promises.assertThat(works || needsIt || variant == Variant.WITHOUT)
                        .as("%s, %s: works", kind, Situation.LATE)
                        .isTrue();
            }
        }
        if (needsIt) {
            lateWithWait();
        }
    }

    private void lateWithWait() throws InterruptedException {
        try (Trial trial = new Trial(server, kind, Variant.WITH, Duration.ZERO)) {
            trial.database().vanish();
            Timed.later(() -> {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                trial.database().comeBack();
            });
            Timed<String> start = trial.start("--mooring.startup-wait=exit");
            boolean works = late(trial, Variant.WITH, Situation.LATE_WITH_WAIT, start);
            promises.assertThat(works)
                    .as("%s, %s: works", kind, Situation.LATE_WITH_WAIT)
                    .isTrue();
        }
    }

    private boolean late(Trial trial, Variant variant, Situation situation, Timed<String> start)
            throws InterruptedException {
        trial.database().comeBack();
        if (!start.succeeded()) {
            put(situation, variant, "does not start: " + start.cause());
            return false;
        }
        Timed<String> works = trial.work();
        Timed<String> ready = trial.becomeReady();
        put(
                situation,
                variant,
                "started after " + start.time() + ", works " + works.time() + " after the database is there");
        if (variant == Variant.WITH) {
            compare(situation, variant, trial.answers());
        }
        return works.succeeded() && ready.succeeded();
    }

    private void killed(Trial trial, Variant variant) throws InterruptedException {
        trial.database().vanish();
        outage(trial, variant, Situation.KILLED, KNOWS_KILLED);
    }

    private void frozen(Trial trial, Variant variant) throws InterruptedException {
        LockSupport.parkNanos(UNCHECKED.toNanos());
        trial.database().freeze();
        outage(trial, variant, Situation.FROZEN, KNOWS_FROZEN);
    }

    private void outage(Trial trial, Variant variant, Situation situation, Duration known) throws InterruptedException {
        long began = System.nanoTime();
        Timed<List<String>> first = trial.request();
        LockSupport.parkNanos(known.toNanos() - (System.nanoTime() - began));
        Timed<List<String>> later = trial.request();
        trial.database().comeBack();
        Timed<String> back = trial.work();
        put(
                situation,
                variant,
                "first request " + told(first) + ", after " + Timed.text(known) + " " + told(later) + "; back after "
                        + back.time());
        if (variant == Variant.WITH) {
            String what = kind + ", " + situation + ": ";
            promises.assertThat(first.took()).as(what + "first request").isLessThan(FIRST_REFUSAL);
            promises.assertThat(later.took()).as(what + "later request").isLessThan(LATER_REFUSAL);
            promises.assertThat(back.succeeded()).as(what + "is back").isTrue();
            promises.assertThat(back.took()).as(what + "is back").isLessThan(BACK);
        }
    }

    /** The process ends: after SIGTERM, which meets a request in flight, or by itself when its work is done. */
    public void terminated() throws InterruptedException {
        for (Variant variant : List.of(Variant.WITHOUT, Variant.WITH)) {
            try (Database database = Database.on(server, kind, Duration.ZERO)) {
                Ending ending = Ending.of(kind, variant, database);
                put(Situation.SIGTERM, variant, ending.toString());
                promises.assertThat(ending.answered())
                        .as("%s, %s: the request in flight %s", kind, Situation.SIGTERM, variant)
                        .isTrue();
            }
        }
    }

    private static String told(Timed<?> request) {
        if (!request.ended()) {
            return "waits longer than " + request.time();
        }
        return (request.succeeded() ? "answered" : "refused") + " after " + request.time();
    }

    private void put(Situation situation, Variant variant, String text) {
        table.put(situation, kind, variant, text);
    }
}
