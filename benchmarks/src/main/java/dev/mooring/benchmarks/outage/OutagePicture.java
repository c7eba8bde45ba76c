package dev.mooring.benchmarks.outage;

import dev.mooring.benchmarks.health.PlainBoot;
import dev.mooring.benchmarks.health.ServedRegistry;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code ./benchmarks/run outage}: freezes the database of a plain Spring Boot application and of the registry for 30 s each, and writes what
 * clients saw into {@code docs/pictures}, as data and as a chart. Both have their default settings.
 */
public final class OutagePicture {
    static final Duration FROZEN_FROM = Duration.ofSeconds(10);
    static final Duration FROZEN_UNTIL = Duration.ofSeconds(40);
    static final Duration LASTS = Duration.ofSeconds(60);
    private static final Duration START = Duration.ofSeconds(90);

    private OutagePicture() {}

    /** Measures both, one after the other. The argument is the folder for the two files. */
    public static void main(String[] arguments) throws Exception {
        List<Reply> replies = new ArrayList<>();
        int theirs = FreePort.choose();
        replies.addAll(measure(
                "boot",
                theirs,
                "/work",
                "/actuator/health",
                PlainBoot.class,
                postgres -> Map.of(
                        "SERVER_PORT", String.valueOf(theirs),
                        "SERVER_ADDRESS", "127.0.0.1",
                        "SPRING_DATASOURCE_URL", postgres.jdbcUrl("postgres"),
                        "SPRING_DATASOURCE_USERNAME", postgres.admin().user(),
                        "SPRING_DATASOURCE_PASSWORD", postgres.admin().password())));
        int ours = FreePort.choose();
        replies.addAll(measure(
                "mooring",
                ours,
                "/models",
                "/health",
                ServedRegistry.class,
                postgres -> Map.of(
                        "PORT", String.valueOf(ours),
                        "BIND_ADDRESS", "127.0.0.1",
                        "DATABASE_HOST", postgres.host(),
                        "DATABASE_PORT", String.valueOf(postgres.port()),
                        "DATABASE_USER", postgres.admin().user(),
                        "DATABASE_PASSWORD", postgres.admin().password(),
                        "DATABASE_NAME", "postgres",
                        "AUTH_ENABLED", "false")));
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        Files.write(
                folder.resolve("outage.csv"), replies.stream().map(Reply::line).toList());
        Files.writeString(folder.resolve("outage.svg"), OutageChart.of(replies));
        Findings.of(replies).lines().forEach(System.out::println);
    }

    /** The environment variables by which a server finds its database. */
    private interface Settings {
        Map<String, String> on(TestPostgres postgres);
    }

    private static List<Reply> measure(
            String name, int port, String work, String health, Class<?> main, Settings settings) throws Exception {
        try (TestPostgres postgres = TestPostgres.started();
                ChildProcess server = ChildProcess.java(main.getName())
                        .cleanEnvironment()
                        .environment(settings.on(postgres))
                        .start()) {
            server.awaitPort(port, START);
            for (int i = 0; i < 200; i++) { // until every class of the usual path is loaded
                awaitOk(port, work);
                awaitOk(port, health);
            }
            Thread outage = new Thread(() -> freeze(postgres), "outage");
            outage.start();
            List<Reply> replies = new Clients(name, port).run(work, health, LASTS);
            outage.join();
            return replies;
        }
    }

    private static void freeze(TestPostgres postgres) {
        try {
            Thread.sleep(FROZEN_FROM.toMillis());
            postgres.freeze();
            Thread.sleep(FROZEN_UNTIL.minus(FROZEN_FROM).toMillis());
            postgres.thaw();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitOk(int port, String path) throws Exception {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() - end < 0) {
            try {
                URI address = URI.create("http://127.0.0.1:" + port + path);
                HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection();
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
