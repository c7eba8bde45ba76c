package dev.mooring.registry.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import dev.mooring.registry.models.RegistrationStatus;
import dev.mooring.registry.registrations.ScriptedMlflow.Behaviour;
import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Registrations while MLflow does not do its work, in each way in which it does not. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutageRegistrationsTest {
    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                Arguments.of(Behaviour.REFUSING, FailureKind.CONNECTION_REFUSED, ""),
                Arguments.of(Behaviour.FROZEN, FailureKind.RESPONSE_TIMEOUT, ""),
                Arguments.of(Behaviour.ERROR_500, FailureKind.HTTP_ERROR, "500"),
                Arguments.of(Behaviour.HTML, FailureKind.PROTOCOL_ERROR, "this is not MLflow's API"),
                Arguments.of(Behaviour.POOL_DRY, FailureKind.TOO_MANY_CONNECTIONS, "MLFLOW_SQLALCHEMYSTORE_POOL_SIZE"),
                Arguments.of(Behaviour.WRONG_HOST, FailureKind.HOST_NOT_ALLOWED, "--allowed-hosts"),
                Arguments.of(Behaviour.UNAUTHENTICATED, FailureKind.AUTHENTICATION_FAILED, "MLFLOW_TRACKING_TOKEN"),
                Arguments.of(Behaviour.PERMISSION_DENIED, FailureKind.PERMISSION_DENIED, "the rights"),
                Arguments.of(Behaviour.NOT_MLFLOW, FailureKind.PROTOCOL_ERROR, "check host, port and path"),
                Arguments.of(Behaviour.DROPS_AFTER_COMMIT, FailureKind.CONNECTION_LOST, ""));
    }

    @ParameterizedTest
    @MethodSource("outages")
    @Execution(ExecutionMode.CONCURRENT)
    void registrations_inAnOutage_areAcceptedAndMadeOnceAfterIt(Behaviour outage, FailureKind kind, String advice)
            throws Exception {
        try (ScriptedMlflow mlflow = new ScriptedMlflow();
                RegistrationsRig rig = new RegistrationsRig(server, mlflow.uri())) {
            await().until(() -> rig.health().status() == Status.UP);
            mlflow.behave(outage);
            List<UUID> ids = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                long begun = System.nanoTime();
                var answer = rig.register("model-" + i % 2, null).registration();
                assertThat(answer.status()).isEqualTo(RegistrationStatus.ACCEPTED);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(3_500));
                ids.add(answer.id());
            }
            await().atMost(Duration.ofSeconds(15)).until(() -> rig.health().status() == Status.DOWN);
            DependencyHealth down = rig.health();
            assertThat(down.lastFailure().orElseThrow().kind()).isEqualTo(kind);
            assertThat(down.lastFailure().orElseThrow().message())
                    .contains(advice)
                    .doesNotContain("SQL:")
                    .doesNotContain("psycopg2");
            assertThat(rig.ready()).isTrue();

            mlflow.behave(Behaviour.WELL);

            for (UUID id : ids) {
                rig.awaitStatus(id, RegistrationStatus.REGISTERED);
                assertThat(mlflow.registry().versionsOf(id.toString())).isEqualTo(1);
            }
            assertThat(mlflow.registry().versions("model-0")).containsExactly(1, 2, 3);
            assertThat(List.of(
                            rig.state(ids.get(1)).version().orElseThrow(),
                            rig.state(ids.get(3)).version().orElseThrow(),
                            rig.state(ids.get(5)).version().orElseThrow()))
                    .isSorted();
            assertThat(rig.ask("select sum(refusals) from mooring.outbox where destination = 'mlflow'"))
                    .isIn("0", "1");
        }
    }
}
