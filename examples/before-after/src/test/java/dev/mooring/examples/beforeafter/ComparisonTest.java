package dev.mooring.examples.beforeafter;

import static dev.mooring.examples.beforeafter.Notes.awaited;
import static dev.mooring.examples.beforeafter.Notes.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.examples.beforeafter.Notes.Reply;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The same application without and with the starter, in the same three situations; writes what it saw to target/comparison.md. */
@Tag("long")
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComparisonTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final StringBuilder TABLE = new StringBuilder("""
            | situation | before: plain Spring Boot | after: one more dependency |
            | --- | --- | --- |
            """);

    private TestPostgres database;

    @BeforeEach
    void start() {
        database = TestPostgres.started();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @AfterAll
    static void write() throws IOException {
        Files.writeString(Path.of("target", "comparison.md"), TABLE);
    }

    private static void row(String situation, String before, String after) {
        TABLE.append("| " + situation + " | " + before + " | " + after + " |\n");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    @Test
    @Order(1)
    void startBeforeTheDatabase_endsThePlainApplication_andTheOtherWaits() {
        database.stop();
        long begun = System.nanoTime();
        try (Notes before = Notes.start(false, database);
                Notes after = Notes.start(true, database)) {
            int code = before.process().awaitExit(LIMIT);
            Duration lost = since(begun);
            awaited(() -> after.ask("/actuator/health/liveness").status() == 200, LIMIT);
            Reply notReady = after.ask(Notes.READINESS);
            database.start();
            Duration ready = awaited(after::isReady, LIMIT);

            assertThat(code).isEqualTo(1);
            assertThat(notReady.status()).isEqualTo(503);
            row(
                    "it starts while the database is not there yet",
                    "ends with exit code " + code + ", " + seconds(lost) + " after its start",
                    "starts, is live and not ready (" + notReady.status() + "); ready " + seconds(ready)
                            + " after the database");
        }
    }

    @Test
    @Order(2)
    void databaseThatStops_leavesThePlainApplicationReady() {
        compare("the database stops", database::stop, database::start);
    }

    @Test
    @Order(3)
    void databaseThatFreezes_leavesThePlainApplicationReady() {
        compare("the database freezes", database::freeze, database::thaw);
    }

    private void compare(String situation, Runnable fault, Runnable remedy) {
        // One after the other, because both migrate at their start.
        try (Notes before = Notes.start(false, database)) {
            awaited(before::isReady, LIMIT);
            try (Notes after = Notes.start(true, database)) {
                awaited(after::isReady, LIMIT);
                fault.run();
                CompletableFuture<Reply> slow = CompletableFuture.supplyAsync(() -> before.ask("/notes"));
                Duration noticed = awaited(() -> !after.isReady(), LIMIT);
                Reply refused = after.ask("/notes");
                Reply wellItSays = before.ask(Notes.READINESS);
                Reply failed = slow.join();
                remedy.run();
                Duration back = awaited(after::isReady, LIMIT);

                assertThat(wellItSays.status()).isEqualTo(200);
                assertThat(failed.status()).isEqualTo(500);
                assertThat(failed.took()).isGreaterThan(Duration.ofSeconds(20));
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.took()).isLessThan(Duration.ofSeconds(2));
                row(situation + ": a request", failed.toString(), refused.toString());
                row(
                        situation + ": what readiness says",
                        wellItSays.status() + " `" + wellItSays.body() + "`, all the time",
                        "503, " + seconds(noticed) + " later; 200 again " + seconds(back) + " after the remedy");
            }
        }
    }
}
