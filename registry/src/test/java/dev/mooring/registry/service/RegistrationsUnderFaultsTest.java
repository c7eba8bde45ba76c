package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.registry.registrations.ScriptedMlflow;
import dev.mooring.registry.registrations.ScriptedMlflow.Behaviour;
import dev.mooring.testing.mlflow.MlflowInstallation;
import dev.mooring.testing.mlflow.TestMlflow;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Direction;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every acknowledged registration is in MLflow exactly once, whatever MLflow does and whenever the service is killed. {@code
 * -Dregistrations.seconds=60} lets the faults last a minute instead of seconds.
 */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegistrationsUnderFaultsTest {
    private static final int SECONDS = Integer.getInteger("registrations.seconds", 6);
    private static final boolean LONG = SECONDS > 30;
    /** How late MLflow ends a call whose caller left. */
    private static final Duration LATENESS = LONG ? Duration.ofSeconds(9) : Duration.ofSeconds(2);

    private static final Duration SECOND_LOOK = LONG ? Duration.ofSeconds(20) : Duration.ofSeconds(4);

    private static final List<Behaviour> FAULTS = List.of(
            Behaviour.REFUSING,
            Behaviour.FROZEN,
            Behaviour.ERROR_500,
            Behaviour.DROPS_AFTER_COMMIT,
            Behaviour.HTML,
            Behaviour.COMMITS_LATE,
            Behaviour.POOL_DRY,
            Behaviour.WELL,
            Behaviour.WRONG_HOST,
            Behaviour.SLOW,
            Behaviour.DROPS_AFTER_COMMIT,
            Behaviour.COMMITS_LATE);

    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @Test
    void everyAcknowledgedRegistration_isInTheScriptedMlflowOnce() throws Exception {
        try (ScriptedMlflow mlflow = new ScriptedMlflow();
                RegistrationsUnderFaults under = under("scripted", mlflow.uri())) {
            mlflow.lateness(LATENESS);
            Duration each = Duration.ofSeconds(SECONDS).dividedBy(FAULTS.size());
            for (int step = 0; step < FAULTS.size(); step++) {
                mlflow.behave(FAULTS.get(step));
                under.goOn(each);
                if (step == 3 || step == 8) {
                    under.killAndRestart();
                }
            }
            mlflow.behave(Behaviour.WELL);
            under.finish(Duration.ofSeconds(60));
            System.out.println("scripted MLflow: " + under.figures());

            // The calls that end late have ended, and the second look has come.
            await().atMost(LATENESS.plus(SECOND_LOOK).plusSeconds(20))
                    .untilAsserted(() -> assertThat(under.acknowledged())
                            .allSatisfy(id ->
                                    assertThat(mlflow.registry().versionsOf(id)).isEqualTo(1)));
            check(under);
        }
    }

    @Test
    void everyAcknowledgedRegistration_isInTheRealMlflowOnce() throws Exception {
        Optional<String> missing = MlflowInstallation.missing();
        assumeTrue(missing.isEmpty(), missing::toString);
        try (TestMlflow mlflow = TestMlflow.on(server);
                FaultProxy network = FaultProxy.to("127.0.0.1", mlflow.port());
                RegistrationsUnderFaults under = under("real", "http://" + network.host() + ":" + network.port())) {
            Duration each = Duration.ofSeconds(SECONDS).dividedBy(6);
            under.goOn(each);
            mlflow.freeze();
            under.goOn(each.plusSeconds(2));
            under.killAndRestart();
            mlflow.thaw();
            network.inject(Fault.stall(Direction.SERVER_TO_CLIENT));
            under.goOn(each);
            network.resetAll();
            network.inject(Fault.refuse());
            under.goOn(each);
            network.heal();
            mlflow.kill();
            if (LONG) {
                under.killAndRestart();
            }
            mlflow.start();
            under.goOn(each);
            under.finish(Duration.ofSeconds(90));
            System.out.println("real MLflow: " + under.figures());

            await().atMost(SECOND_LOOK.plusSeconds(60))
                    .untilAsserted(() -> assertThat(ask(mlflow, """
                            select count(*) from (select value from model_version_tags where key = 'mooring.registration_id'
                                                  group by value having count(*) > 1) twice""")).isEqualTo("0"));
            for (String id : under.acknowledged()) {
                assertThat(ask(mlflow, "select count(*) from model_version_tags where value = '" + id + "'"))
                        .isEqualTo("1");
            }
            check(under);
        }
    }

    private static String ask(TestMlflow mlflow, String sql) throws SQLException {
        return server.admin().ask(mlflow.database(), sql);
    }

    private static void check(RegistrationsUnderFaults under) {
        assertThat(under.acknowledged()).hasSizeGreaterThan(SECONDS * RegistrationsUnderFaults.PER_SECOND / 3);
        assertThat(under.health()).containsKey("200 degraded").allSatisfy((answer, count) -> assertThat(answer)
                .isIn("200 healthy", "200 degraded"));
        assertThat(under.otherCalls(0.5)).isLessThan(Duration.ofMillis(250));
        // The first calls after each start of the service are slow, whatever MLflow does.
        assertThat(under.otherCalls(0.99)).isLessThan(Duration.ofSeconds(3));
    }

    private static RegistrationsUnderFaults under(String database, String mlflow) throws SQLException {
        server.admin().createDatabase(database);
        Map<String, String> variables = Served.variablesOf(server);
        variables.put("DATABASE_NAME", database);
        variables.put("AUTH_ENABLED", "false");
        variables.put("MLFLOW_TRACKING_URI", mlflow);
        variables.put("MLFLOW_TIMEOUT", "2");
        variables.put("MLFLOW_SECOND_LOOK", String.valueOf(SECOND_LOOK.toSeconds()));
        variables.put("LOG_FORMAT", "console");
        return new RegistrationsUnderFaults(server, variables);
    }
}
