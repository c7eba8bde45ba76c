package dev.mooring.examples.glucolens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The start of a process whose database is away. */
@Timeout(180)
class StartWaitTest {
    private static final Pattern NEXT = Pattern.compile("attempt (\\d) of 5 failed .*; next in (\\d+\\.\\d) s");

    @Test
    void start_withoutItsDatabase_warnsBeforeEachRetry_andEndsWithAClearError() {
        check(Map.of("DATABASE_RETRY_DELAY", "0.2"), List.of("0.2", "0.4", "0.8", "1.6"), Duration.ofSeconds(3));
    }

    /** The waits of the profile itself: 0, 2, 4, 8 and 16 s. */
    @Test
    @Tag("long")
    void start_withItsOwnWaits_takesThirtySeconds() {
        check(Map.of(), List.of("2.0", "4.0", "8.0", "16.0"), Duration.ofSeconds(30));
    }

    @Test
    void start_whoseDatabaseComesLate_becomesReady() throws Exception {
        try (TestPostgres server = TestPostgres.builder().create();
                Instance instance = Instance.on(server, Map.of())) {
            instance.process().awaitLine("attempt 1 of 5 failed", Duration.ofSeconds(60));
            server.start();
            server.admin().createDatabase("glucolens");

            instance.awaitReady();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> Client.json(instance.client().get("/health"))
                            .path("status")
                            .stringValue()
                            .equals("healthy"));
        }
    }

    private static void check(Map<String, String> variables, List<String> waits, Duration atLeast) {
        try (TestPostgres server = TestPostgres.builder().create();
                Instance instance = Instance.on(server, variables)) {
            instance.process().awaitLine("attempt 1 of 5 failed", Duration.ofSeconds(60));
            long begun = System.nanoTime();

            assertThat(instance.process().awaitExit(Duration.ofSeconds(90)))
                    .as("exit code: %s", instance.process())
                    .isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(atLeast.minusSeconds(1));
            List<String> warnings = instance.process().lines().stream()
                    .filter(line -> line.contains("\"level\":\"warn\"")
                            && NEXT.matcher(line).find())
                    .toList();
            assertThat(warnings.stream().map(StartWaitTest::next))
                    .as("%s", instance.process())
                    .isEqualTo(waits);
            assertThat(instance.process().lines()).anySatisfy(line -> assertThat(line)
                    .contains("database was not reached")
                    .contains("connection refused"));
        }
    }

    private static String next(String line) {
        Matcher found = NEXT.matcher(line);
        return found.find() ? found.group(2) : "";
    }
}
