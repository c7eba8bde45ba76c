package dev.mooring.benchmarks.health;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code ./benchmarks/run health}: sends 1,000 health requests a second for 8 s, once with the database well and twice with the
 * database frozen (SIGSTOP) and every request thread busy.
 *
 * <p>250 clients make calls that need the database. Our service lets no more calls wait for a database than its pool has room
 * for, so 150 more clients send their bodies slowly. The clients have been at work for a while when the database freezes. The
 * second time, the code that refuses their calls has run before. The 8 s end before health reports the outage, so that every
 * call still hangs.
 */
public final class HealthComparison {
    private static final int PER_SECOND = 1_000;
    private static final int WARM_UP_PER_SECOND = 4_000;
    private static final Duration LASTS = Duration.ofSeconds(8);
    private static final Duration NORMAL_WORK = Duration.ofSeconds(15);
    private static final Duration UNTIL_ALL_HANG = Duration.ofMillis(1_500);
    private static final Duration START = Duration.ofSeconds(90);

    private HealthComparison() {}

    /** Measures both and prints the table. */
    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "%d cores, %s, Java %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("java.version"));
        int ours = FreePort.choose();
        measure(
                "mooring /health",
                ours,
                "/health",
                "/models",
                "/models/register",
                ServedRegistry.class,
                postgres -> Map.of(
                        "PORT", String.valueOf(ours),
                        "BIND_ADDRESS", "127.0.0.1",
                        "DATABASE_HOST", postgres.host(),
                        "DATABASE_PORT", String.valueOf(postgres.port()),
                        "DATABASE_USER", postgres.admin().user(),
                        "DATABASE_PASSWORD", postgres.admin().password(),
                        "DATABASE_NAME", "postgres",
                        "AUTH_ENABLED", "false"));
        int theirs = FreePort.choose();
        measure(
                "Boot /actuator/health",
                theirs,
                "/actuator/health",
                "/work",
                "/work",
                PlainBoot.class,
                postgres -> Map.of(
                        "SERVER_PORT", String.valueOf(theirs),
                        "SERVER_ADDRESS", "127.0.0.1",
                        "SPRING_DATASOURCE_URL", postgres.jdbcUrl("postgres"),
                        "SPRING_DATASOURCE_USERNAME", postgres.admin().user(),
                        "SPRING_DATASOURCE_PASSWORD", postgres.admin().password()));
    }

    /** The environment variables by which a server finds the database. */
    private interface Settings {
        Map<String, String> on(TestPostgres postgres);
    }

    private static void measure(
            String who, int port, String health, String work, String upload, Class<?> main, Settings settings)
            throws Exception {
        try (TestPostgres postgres = TestPostgres.started();
                ChildProcess server = ChildProcess.java(main.getName())
                        .cleanEnvironment()
                        .environment(settings.on(postgres))
                        .start()) {
            server.awaitPort(port, START);
            awaitOk(port, health);
            new ConstantRate(port, health, WARM_UP_PER_SECOND, LASTS).run();
            report(who, "well", port, health);
            try (ChildProcess busy = BusyClients.start(port, work, upload)) {
                busy.awaitLine("calling", START);
                for (String outage : List.of("frozen, first time", "frozen, again")) {
                    Thread.sleep(NORMAL_WORK.toMillis());
                    postgres.freeze();
                    Thread.sleep(UNTIL_ALL_HANG.toMillis());
                    report(who, outage, port, health);
                    postgres.thaw();
                }
            }
        }
    }

    private static void report(String who, String database, int port, String health) throws InterruptedException {
        try (Hiccups hiccups = new Hiccups()) {
            Latencies latencies = new ConstantRate(port, health, PER_SECOND, LASTS).run();
            System.out.printf("%-22s %-18s %s%n", who, database, latencies);
            System.out.printf("%-22s %-18s %s%n", "  this machine alone", database, hiccups.seen());
        }
    }

    private static void awaitOk(int port, String path) throws Exception {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() - end < 0) {
            try {
                URI health = URI.create("http://127.0.0.1:" + port + path);
                HttpURLConnection asked = (HttpURLConnection) health.toURL().openConnection();
                asked.setReadTimeout(2_000);
                if (asked.getResponseCode() == HttpURLConnection.HTTP_OK) {
                    return;
                }
            } catch (IOException notYet) {
                // It is still starting.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException(path + " was not well within " + START);
    }
}
