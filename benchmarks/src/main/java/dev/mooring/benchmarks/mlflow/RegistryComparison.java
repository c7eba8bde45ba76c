package dev.mooring.benchmarks.mlflow;

import dev.mooring.benchmarks.health.ServedRegistry;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.mlflow.TestMlflow;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code ./benchmarks/run mlflow}: every kind of registry call on the local registry and on MLflow's own server, in turn, each on a database
 * of its own on one PostgreSQL, then as many new versions and searches as several clients get done. Both servers have the same models
 * before, have had the same time with every kind of call, and the same time under load.
 */
public final class RegistryComparison {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int CALLS = 200;
    /** A server is used for weeks, so the time in which the JVM still compiles is not what counts. This is for every kind of call. */
    private static final Duration WARM_UP = Duration.ofSeconds(40);
    /** Calls of one kind in a round of all kinds. */
    private static final int ROUND = 50;

    private static final Duration WARM_LOAD = Duration.ofSeconds(10);
    /** The number of the first call that counts; those before are of the warm-up. */
    private static final int COUNTED = 10_000_000;

    private static final int WARM_CLIENTS = 4;
    private static final Duration LASTS = Duration.ofSeconds(10);
    private static final List<Integer> CLIENTS = List.of(1, 4, 8);

    private RegistryComparison() {}

    /** Measures both and prints the table. */
    public static void main(String[] arguments) throws Exception {
        int port = FreePort.choose();
        try (TestPostgres postgres = TestPostgres.started();
                TestMlflow mlflow = TestMlflow.on(postgres);
                ChildProcess server = ChildProcess.java(ServedRegistry.class.getName())
                        .cleanEnvironment()
                        .environment(settings(postgres, port))
                        .start()) {
            server.awaitPort(port, START);
            server.awaitLine("keys are off", START);
            compare(
                    new Registry("mooring", URI.create("http://127.0.0.1:" + port)),
                    new Registry("MLflow", mlflow.uri()));
        }
    }

    private static void compare(Registry ours, Registry theirs) throws Exception {
        for (Registry each : List.of(ours, theirs)) {
            Work.fill(each);
        }
        warm(ours);
        warm(theirs);
        for (Registry each : List.of(ours, theirs)) {
            Throughput.perSecond(each, Work::createVersion, WARM_CLIENTS, WARM_LOAD, 100_000_000);
            Throughput.perSecond(each, searchByTag().call(), WARM_CLIENTS, WARM_LOAD, 100_000_000);
        }
        System.out.printf(
                "| call, one client | mooring p50 / p95 | MLflow p50 / p95 | p50, MLflow / mooring |%n| --- | --- | --- | --- |%n");
        for (Work work : Work.all()) {
            long[] ourTimes = new long[CALLS];
            long[] theirTimes = new long[CALLS];
            // In turns, so that a moment in which the machine is slow does not meet one server only.
            for (int first = 0; first < CALLS; first += ROUND) {
                measure(work, ours, ourTimes, first);
                measure(work, theirs, theirTimes, first);
            }
            Timing here = Timing.of(ourTimes);
            Timing there = Timing.of(theirTimes);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.1f |%n",
                    work.name(),
                    here,
                    there,
                    (double) there.p50() / here.p50());
        }
        System.out.printf(
                "%n| calls a second | clients | mooring | MLflow | mooring / MLflow |%n| --- | --- | --- | --- | --- |%n");
        for (int clients : CLIENTS) {
            throughput("new versions", Work::createVersion, clients, ours, theirs);
        }
        for (int clients : CLIENTS) {
            throughput(searchByTag().name(), searchByTag().call(), clients, ours, theirs);
        }
    }

    private static void warm(Registry registry) {
        long begun = System.nanoTime();
        for (int first = 0; System.nanoTime() - begun < WARM_UP.toNanos(); first += ROUND) {
            for (Work work : Work.all()) {
                for (int call = 0; call < ROUND; call++) {
                    work.call().on(registry, first + call);
                }
            }
        }
    }

    private static Work searchByTag() {
        return Work.all().stream()
                .filter(work -> work.name().startsWith("search versions by tag"))
                .findFirst()
                .orElseThrow();
    }

    private static void measure(Work work, Registry registry, long[] nanos, int first) {
        for (int call = first; call < first + ROUND; call++) {
            nanos[call] = work.call().on(registry, COUNTED + call);
        }
    }

    private static void throughput(String name, Work.Call call, int clients, Registry ours, Registry theirs)
            throws Exception {
        int first = 1_000_000 * clients;
        double here = Throughput.perSecond(ours, call, clients, LASTS, first);
        double there = Throughput.perSecond(theirs, call, clients, LASTS, first);
        System.out.printf(Locale.ROOT, "| %s | %d | %.0f | %.0f | %.1f |%n", name, clients, here, there, here / there);
    }

    private static Map<String, String> settings(TestPostgres postgres, int port) {
        return Map.of(
                "PORT", String.valueOf(port),
                "BIND_ADDRESS", "127.0.0.1",
                "DATABASE_HOST", postgres.host(),
                "DATABASE_PORT", String.valueOf(postgres.port()),
                "DATABASE_USER", postgres.admin().user(),
                "DATABASE_PASSWORD", postgres.admin().password(),
                "DATABASE_NAME", "postgres",
                "AUTH_ENABLED", "false");
    }
}
