package dev.mooring.benchmarks.gateway;

import dev.mooring.benchmarks.health.ConstantRate;
import dev.mooring.benchmarks.health.Latencies;
import dev.mooring.benchmarks.health.ServedRegistry;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code ./benchmarks/run gateway}: 200 searches of the registry a second, on a scripted server that answers each in 5 ms, asked directly and
 * through the service in turns. A real MLflow server is saturated before that rate.
 */
public final class GatewayComparison {
    private static final String SEARCH = "/api/2.0/mlflow/registered-models/search?filter=name%20LIKE%20%27churn%25%27";
    private static final int PER_SECOND = 200;
    private static final int WARM_UP_PER_SECOND = 600;
    private static final int ROUNDS = 4;
    private static final Duration LASTS = Duration.ofSeconds(10);
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration ANSWERED_IN = Duration.ofMillis(5);
    private static final String ANSWER =
            "{\"registered_models\":[{\"name\":\"churn\",\"creation_timestamp\":1764115200000,"
                    + "\"last_updated_timestamp\":1764115200000,\"latest_versions\":[{\"name\":\"churn\",\"version\":\"7\","
                    + "\"creation_timestamp\":1764115200000,\"last_updated_timestamp\":1764115200000,\"current_stage\":\"None\","
                    + "\"description\":\"\",\"source\":\"s3://models/churn/7\",\"run_id\":\"\",\"status\":\"READY\",\"run_link\":\"\"}]}]}";

    private GatewayComparison() {}

    /** Measures both and prints the table. */
    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "%d cores, %s, Java %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("java.version"));
        int port = FreePort.choose();
        try (TestPostgres postgres = TestPostgres.started();
                ScriptedServer mlflow = ScriptedServer.start()) {
            mlflow.answers((request, reply) -> {
                LockSupport.parkNanos(ANSWERED_IN.toNanos());
                reply.json(200, ANSWER);
            });
            try (ChildProcess server = ChildProcess.java(ServedRegistry.class.getName())
                    .cleanEnvironment()
                    .environment(variables(port, postgres, mlflow))
                    .start()) {
                server.awaitPort(port, START);
                awaitUp(port);
                compare(mlflow.port(), port);
            }
        }
    }

    private static Map<String, String> variables(int port, TestPostgres postgres, ScriptedServer mlflow) {
        return Map.of(
                "PORT", String.valueOf(port),
                "BIND_ADDRESS", "127.0.0.1",
                "DATABASE_HOST", postgres.host(),
                "DATABASE_PORT", String.valueOf(postgres.port()),
                "DATABASE_USER", postgres.admin().user(),
                "DATABASE_PASSWORD", postgres.admin().password(),
                "DATABASE_NAME", "postgres",
                "AUTH_ENABLED", "false",
                "MLFLOW_TRACKING_URI", mlflow.uri().toString());
    }

    private static void compare(int direct, int gateway) throws InterruptedException {
        Latencies warm = new ConstantRate(gateway, SEARCH, WARM_UP_PER_SECOND, LASTS.multipliedBy(2)).run();
        System.out.printf("%-22s %s%n", "warm-up", warm);
        for (int round = 1; round <= ROUNDS; round++) {
            Latencies alone = new ConstantRate(direct, SEARCH, PER_SECOND, LASTS).run();
            Latencies through = new ConstantRate(gateway, SEARCH, PER_SECOND, LASTS).run();
            System.out.printf("%-22s %s%n%-22s %s%n", "directly", alone, "through the service", through);
            System.out.printf(
                    Locale.ROOT,
                    "added in round %d: p50 %.2f ms, p99 %.2f ms%n",
                    round,
                    through.millis(0.5) - alone.millis(0.5),
                    through.millis(0.99) - alone.millis(0.99));
        }
    }

    private static void awaitUp(int port) throws Exception {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() - end < 0) {
            try {
                URI search = URI.create("http://127.0.0.1:" + port + SEARCH);
                HttpURLConnection asked = (HttpURLConnection) search.toURL().openConnection();
                asked.setReadTimeout(2_000);
                if (asked.getResponseCode() == HttpURLConnection.HTTP_OK) {
                    return;
                }
            } catch (IOException notYet) {
                // It is still starting.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("no answer through the service within " + START);
    }
}
