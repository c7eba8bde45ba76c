package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.probe.StartTask;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartSequenceTest {
    private final ManualTime clock = new ManualTime();
    private final Time time = Time.of(clock.wall(), clock.monotonic());
    private final List<Runnable> begun = new ArrayList<>();
    private final ProbeRunner runner = new ProbeRunner() {
        @Override
        public boolean begin(Runnable work) {
            return begun.add(work);
        }

        @Override
        public void opened(Runnable work) {}

        @Override
        public void discard(Runnable closing) {}

        @Override
        public void stop() {}
    };

    private StartSequence sequence(StartTask.Work work) {
        return new StartSequence("database", List.of(new StartTask("migrations", work)), runner, () -> {}, time);
    }

    private void runTheBegun() {
        List<Runnable> works = List.copyOf(begun);
        begun.clear();
        works.forEach(Runnable::run);
    }

    @Test
    void pauseAfterAFailure_countsFromItsEndAndGrows() {
        StartSequence starts = sequence(() -> {
            clock.advance(Duration.ofSeconds(2));
            throw new IllegalStateException("relation is locked");
        });
        List<Long> pauses = new ArrayList<>();
        starts.advance(time.nanos());
        for (int attempt = 1; attempt <= 4; attempt++) {
            runTheBegun();
            long ended = time.nanos();
            while (begun.isEmpty()) {
                clock.advance(Duration.ofMillis(50));
                starts.advance(time.nanos());
            }
            pauses.add(Duration.ofNanos(time.nanos() - ended).toMillis());
        }
        assertThat(pauses.get(0)).isBetween(400L, 650L);
        assertThat(pauses.get(1)).isBetween(800L, 1_250L);
        assertThat(pauses.get(3)).isBetween(3_200L, 4_850L);
    }

    @Test
    void task_isBegunWhateverTheClocksOriginIs() {
        for (long origin : new long[] {Long.MIN_VALUE + 1, -1, 0, Long.MAX_VALUE}) {
            Time anyOrigin = Time.of(clock.wall(), () -> origin);
            new StartSequence("database", List.of(new StartTask("migrations", () -> {})), runner, () -> {}, anyOrigin)
                    .advance(origin);
            assertThat(begun).as("origin %d", origin).hasSize(1);
            begun.clear();
        }
    }

    @Test
    void taskThatThrowsAnError_isRepeatedAndItsReasonTold() {
        StartSequence starts = sequence(() -> {
            throw new NoClassDefFoundError("dev/example/Migration");
        });
        starts.advance(time.nanos());
        runTheBegun();
        assertThat(starts.isDone()).isFalse();
        assertThat(starts.pending().map(PendingStart::words)).contains("migrations failed: dev/example/Migration");
        clock.advance(Duration.ofSeconds(1));
        starts.advance(time.nanos());
        assertThat(begun).hasSize(1);
    }

    @Test
    void taskThatFailsWithoutAMessage_isToldByItsType() {
        StartSequence starts = sequence(() -> {
            throw new IllegalStateException();
        });
        starts.advance(time.nanos());
        runTheBegun();
        assertThat(starts.pending().map(PendingStart::words)).contains("migrations failed: IllegalStateException");
    }

    @Test
    void taskThatFails_withTheWordsOfAServer_tellsThemNotToAll() {
        StartSequence starts = sequence(() -> {
            throw new IllegalStateException("FATAL: password authentication failed for user \"clerk\"");
        });
        starts.advance(time.nanos());
        runTheBegun();

        assertThat(starts.pending().map(PendingStart::words).orElse("")).contains("clerk");
        assertThat(starts.pending().map(PendingStart::openWords))
                .contains("migrations failed; the log has the details");
    }

    @Test
    void clockThatIsNegative_delaysNoTask() {
        while (time.nanos() > 0) {
            clock.advance(Duration.ofSeconds(1));
        }
        StartSequence starts = sequence(() -> {});
        starts.advance(time.nanos());
        assertThat(begun).hasSize(1);
    }

    @Test
    void workThatIsGone_isDoneAgain() {
        List<String> ran = new ArrayList<>();
        StartSequence starts = new StartSequence(
                "database",
                List.of(new StartTask("schema", () -> ran.add("schema")), new StartTask("rows", () -> ran.add("rows"))),
                runner,
                () -> {},
                time);
        finish(starts);
        clock.advance(Duration.ofSeconds(1));

        assertThat(starts.again(time.nanos())).isTrue();

        assertThat(starts.isDone()).isFalse();
        assertThat(starts.pending().map(PendingStart::words)).contains("schema");
        finish(starts);
        assertThat(ran).containsExactly("schema", "rows", "schema", "rows");
    }

    @Test
    void probeThatAskedBeforeTheTasksEnded_beginsNothingAnew() {
        StartSequence starts = sequence(() -> clock.advance(Duration.ofSeconds(2)));
        long asked = time.nanos();
        assertThat(starts.again(asked)).isFalse();
        finish(starts);

        assertThat(starts.again(asked)).isFalse();
        assertThat(starts.isDone()).isTrue();
    }

    private void finish(StartSequence starts) {
        while (!starts.isDone()) {
            starts.advance(time.nanos());
            runTheBegun();
        }
    }
}
