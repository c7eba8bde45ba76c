package dev.mooring.registry.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.registry.service.Served;
import dev.mooring.testing.mlflow.MlflowInstallation;
import dev.mooring.testing.mlflow.PythonScript;
import dev.mooring.testing.mlflow.TestMlflow;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The same calls to a real MLflow server and to our registry, each on a database of its own on one PostgreSQL.
 *
 * <ul>
 *   <li>{@code -Dmooring.differential.calls=10000} sends so many random calls; 400 by default.
 *   <li>{@code -Dmooring.differential.seed=7} repeats the history with this seed only.
 * </ul>
 */
class DifferentialTest {
    private static final String OPTION = "mooring.differential.";
    private static final int LENGTH = 50;
    private static final long CALLS = Long.getLong(OPTION + "calls", 400);
    private static final Duration SHRINKING = Duration.ofSeconds(20);
    private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(60);
    private static final String DATABASE = "registry";
    private static final String MLFLOWS_DATABASE = "mlflow";

    private static TestPostgres postgres;
    private static TestMlflow mlflow;
    private static Served served;
    private static Pair pair;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = MlflowInstallation.missing();
        assumeTrue(missing.isEmpty(), missing::toString);
        postgres = TestPostgres.started();
        for (String database : List.of(DATABASE, MLFLOWS_DATABASE)) {
            // In the locale of the test's server, C, only A to Z have a case.
            postgres.admin().execute("create database " + database + " locale 'C.UTF-8' template template0");
        }
        served = Served.with(variables());
        mlflow = TestMlflow.builder(postgres).database(MLFLOWS_DATABASE).start();
        served.awaitReady();
        pair = new Pair(new Server("MLflow", mlflow.uri()), new Server("ours", uri(served)));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {served, mlflow, postgres}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> rule_inBoth_isTheSame() {
        return Scenario.all().stream()
                .map(scenario ->
                        DynamicTest.dynamicTest(scenario.rule(), () -> assertThat(pair.runAll(scenario.calls()))
                                .isEmpty()));
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void randomCalls_inBoth_haveTheSameAnswers() {
        Long one = Long.getLong(OPTION + "seed");
        long last = (CALLS + LENGTH - 1) / LENGTH;
        for (long seed : one == null ? LongStream.rangeClosed(1, last).toArray() : new long[] {one}) {
            pair.run(RandomCalls.history(seed, LENGTH)).ifPresent(found -> failWith(seed, found));
        }
    }

    private static void failWith(long seed, Difference found) {
        fail("with -D" + OPTION + "seed=" + seed + ", after " + found.calls().size() + " calls; in short:"
                + pair.shortest(found, SHRINKING));
    }

    @Test
    void stockClient_onBareRegistry_seesTheSameAsOnMlflow() {
        pair.begin();
        CompletableFuture<List<String>> there = CompletableFuture.supplyAsync(() -> stockClient(mlflow.uri()));

        List<String> here = stockClient(uri(served));

        assertThat(here).isEqualTo(there.join()).hasSizeGreaterThan(70);
    }

    @Test
    void psycopg2_withTheSameSettings_readsTheSameDatabase() throws IOException {
        pair.begin();
        assertThat(served.post("/models/register", "{\"name\":\"from_rest\",\"source\":\"s3://bucket/x\"}")
                        .statusCode())
                .isEqualTo(201);

        assertThat(PythonScript.beside(DifferentialTest.class, "same_settings.py")
                        .environment(variables())
                        .run(SCRIPT_LIMIT))
                .containsExactly("from_rest");
    }

    private static List<String> stockClient(URI registry) {
        return StockClient.script()
                .environment("MLFLOW_TRACKING_URI", registry.toString())
                .run(SCRIPT_LIMIT);
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("DATABASE_NAME", DATABASE);
        variables.put("AUTH_ENABLED", "false");
        return variables;
    }

    private static URI uri(Served service) {
        return URI.create("http://127.0.0.1:" + service.port());
    }
}
