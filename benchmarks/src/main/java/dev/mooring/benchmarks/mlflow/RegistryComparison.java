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
 * before, have answered every kind of call many times, and have had the same time under load.
 */
public final class RegistryComparison {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int WARM_UP = 100;
    private static final int CALLS = 200;
    /** A server is used for weeks, so the time in which the JVM still compiles is not what counts. */
    private static final Duration WARM_LOAD = Duration.ofSeconds(15);

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
        for (Work work : Work.all()) {
            timing(work, ours, 0, WARM_UP);
            timing(work, theirs, 0, WARM_UP);
        }
        for (Registry each : List.of(ours, theirs)) {
            Throughput.perSecond(each, Work::createVersion, WARM_CLIENTS, WARM_LOAD, 100_000_000);
            Throughput.perSecond(each, searchByTag().call(), WARM_CLIENTS, WARM_LOAD, 100_000_000);
        }
        System.out.printf(
                "| call, one client | mooring p50 / p95 | MLflow p50 / p95 | p50, MLflow / mooring |%n| --- | --- | --- | --- |%n");
        for (Work work : Work.all()) {
            Timing here = timing(work, ours, WARM_UP, CALLS);
            Timing there = timing(work, theirs, WARM_UP, CALLS);
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

    private static Work searchByTag() {
        return Work.all().stream()
                .filter(work -> work.name().startsWith("search versions by tag"))
                .findFirst()
                .orElseThrow();
    }

    private static Timing timing(Work work, Registry registry, int from, int calls) {
        long[] nanos = new long[calls];
        for (int call = 0; call < calls; call++) {
            nanos[call] = work.call().on(registry, from + call);
        }
        return Timing.of(nanos);
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
