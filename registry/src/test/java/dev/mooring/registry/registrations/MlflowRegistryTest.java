package dev.mooring.registry.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.mooring.health.Status;
import dev.mooring.registry.models.Registered;
import dev.mooring.registry.models.Registration;
import dev.mooring.registry.models.RegistrationStatus;
import dev.mooring.registry.registrations.ScriptedMlflow.Behaviour;
import dev.mooring.registry.store.Alias;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registrations and other changes with an MLflow server behind the service. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MlflowRegistryTest {
    private static TestPostgres server;
    private ScriptedMlflow mlflow;
    private RegistrationsRig rig;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @BeforeEach
    void begin() throws Exception {
        mlflow = new ScriptedMlflow();
        rig = new RegistrationsRig(server, mlflow.uri());
        await().until(() -> rig.health().status() == Status.UP);
    }

    @AfterEach
    void end() {
        rig.close();
        mlflow.close();
    }

    @Test
    void registration_whileMlflowIsWell_isRegisteredAtOnceAndInTheStore() throws Exception {
        Registered first = rig.register("churn", null);
        Registered second = rig.register("churn", null);

        assertThat(first.registration().version()).hasValue(1);
        assertThat(second.registration().version()).hasValue(2);
        assertThat(mlflow.registry().versions("churn")).containsExactly(1, 2);
        assertThat(rig.ask("select string_agg(origin || ' ' || version || ' ' || registered_by, ', ' order by version)"
                        + " from mooring.model_version"))
                .isEqualTo("mlflow 1 alice, mlflow 2 alice");
        assertThat(rig.ask("select count(*) from mooring.model_event where action = 'registered'"))
                .isEqualTo("2");
        assertThat(mlflow.registry().calls()).noneMatch(call -> call.startsWith("GET model-versions/search"));
        assertThat(rig.ask("select count(*) from mooring.outbox where destination = 'mlflow-second-look'"))
                .isEqualTo("0");
    }

    @Test
    void sameKey_again_givesThePresentState() {
        mlflow.behave(Behaviour.REFUSING);
        Registration accepted = rig.register("churn", "key-1").registration();
        assertThat(accepted.status()).isEqualTo(RegistrationStatus.ACCEPTED);
        assertThat(rig.register("churn", "key-1").registration()).isEqualTo(accepted);
        assertThat(rig.register("churn", "key-1").replayed()).isTrue();

        mlflow.behave(Behaviour.WELL);
        rig.awaitStatus(accepted.id(), RegistrationStatus.REGISTERED);

        Registered again = rig.register("churn", "key-1");
        assertThat(again.replayed()).isTrue();
        assertThat(again.registration().id()).isEqualTo(accepted.id());
        assertThat(again.registration().version()).hasValue(1);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> rig.register("other", "key-1"))
                .matches(problem -> problem.problem().code().equals("idempotency_key_reused"));
    }

    @Test
    void registration_thatMlflowRefuses_isRejectedWithItsCause() {
        mlflow.behave(Behaviour.REJECTS);

        Registration rejected = rig.register("churn", "bad").registration();

        assertThat(rejected.status()).isEqualTo(RegistrationStatus.REJECTED);
        assertThat(rejected.cause()).hasValue("Invalid model version source: 's3://x'.");
        assertThat(rig.register("churn", "bad").registration()).isEqualTo(rejected);
        mlflow.behave(Behaviour.WELL);
        assertThat(rig.register("churn", null).registration().version()).hasValue(1);
    }

    @Test
    void registration_thatMlflowFailsWhileItIsWell_isADeadLetterAndTheNextGoesOn() throws Exception {
        mlflow.behave(Behaviour.FAILS_VERSIONS);
        UUID failed = rig.register("churn", null).registration().id();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rig.ask("select state from mooring.outbox where ordering_key = 'churn'")
                        .equals("dead"));
        assertThat(rig.ask("select cause_message from mooring.outbox where ordering_key = 'churn'"))
                .doesNotContain("SQL");
        assertThat(rig.state(failed).status()).isEqualTo(RegistrationStatus.ACCEPTED);

        mlflow.behave(Behaviour.WELL);

        UUID next = rig.register("churn", null).registration().id();
        rig.awaitStatus(next, RegistrationStatus.REGISTERED);
    }

    @Test
    void registration_whoseSourceNamesNoVersion_isADeadLetterAndTheNextGoesOn() throws Exception {
        UUID failed = rig.registry
                .register(RegistrationsRig.wanted("churn", "models:/gone/3", null))
                .registration()
                .id();
        UUID next = rig.register("churn", null).registration().id();

        rig.awaitStatus(next, RegistrationStatus.REGISTERED);
        assertThat(rig.ask("select state || ': ' || cause_message from mooring.outbox where refusals > 0"))
                .isEqualTo("dead: answers RESOURCE_DOES_NOT_EXIST: it has no version that the source names");
        assertThat(rig.state(failed).status()).isEqualTo(RegistrationStatus.ACCEPTED);
        assertThat(rig.health().status()).isEqualTo(Status.UP);
    }

    @Test
    void registration_thatAProxyRefuses_waitsAndHealthSaysWhy() throws Exception {
        mlflow.behave(Behaviour.DENIES_VERSIONS);
        UUID id = rig.register("churn", null).registration().id();

        await().until(() -> rig.health().status() == Status.DEGRADED);

        assertThat(rig.health().findings())
                .anySatisfy(finding -> assertThat(finding.message()).contains("registrations wait", "the rights"));
        assertThat(rig.ask("select state || ' ' || refusals from mooring.outbox"))
                .isEqualTo("pending 0");
        mlflow.behave(Behaviour.WELL);
        rig.awaitStatus(id, RegistrationStatus.REGISTERED);
        await().until(() -> rig.health().status() == Status.UP);
    }

    @Test
    void duplicate_thatMlflowMadeLate_isRemovedAndAudited() throws Exception {
        mlflow.behave(Behaviour.COMMITS_LATE);
        UUID id = rig.register("churn", null).registration().id();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> mlflow.registry().calls().contains("POST model-versions/create " + id));
        mlflow.behave(Behaviour.WELL);
        Registration registered = rig.awaitStatus(id, RegistrationStatus.REGISTERED);

        mlflow.registry().put(versionOf(id));
        assertThat(mlflow.commitLate()).isPositive();
        assertThat(mlflow.registry().versionsOf(id.toString())).isGreaterThan(1);

        await().atMost(Duration.ofSeconds(20)).until(() -> mlflow.registry().versionsOf(id.toString()) == 1);
        assertThat(mlflow.registry().versions("churn"))
                .containsExactly((int) registered.version().orElseThrow());
        assertThat(rig.ask("select count(*) > 0 from mooring.audit_entry where action = 'version.duplicate_removed'"
                        + " and details like '%" + id + "%'"))
                .isEqualTo("t");
        await().until(() -> rig.ask("select count(*) from mooring.outbox where type = 'registration.last_look'")
                .equals("1"));
    }

    @Test
    void version_whoseAnswerWasLost_isFoundByItsTag() {
        mlflow.behave(Behaviour.DROPS_AFTER_COMMIT);
        rig.register("churn", null);
        UUID id = rig.register("churn", null).registration().id();
        mlflow.behave(Behaviour.WELL);

        rig.awaitStatus(id, RegistrationStatus.REGISTERED);

        assertThat(mlflow.registry().versionsOf(id.toString())).isEqualTo(1);
    }

    @Test
    void version_whoseAnswerWasLost_isFoundAlsoAfterItsModelGotAnotherName() throws Exception {
        rig.register("churn", null);
        mlflow.behave(Behaviour.DROPS_AFTER_COMMIT);
        UUID id = rig.register("churn", null).registration().id();
        await().until(() -> mlflow.registry().versionsOf(id.toString()) == 1);
        mlflow.registry().rename("churn", "attrition");
        mlflow.behave(Behaviour.WELL);

        assertThat(rig.awaitStatus(id, RegistrationStatus.REGISTERED).version()).hasValue(2);

        assertThat(mlflow.registry().versionsOf(id.toString())).isEqualTo(1);
        assertThat(rig.ask("select model from mooring.model_version where registration_id = '" + id + "'"))
                .isEqualTo("attrition");
    }

    @Test
    void registrations_atTheSameTimeOverTwoInstances_areEachMadeOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (RegistrationsRig other = rig.another(mlflow.uri())) {
            List<Future<Registered>> answers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String model = "hot-" + i % 2;
                RegistrationsRig one = i % 3 == 0 ? other : rig;
                answers.add(callers.submit((Callable<Registered>) () -> one.register(model, null)));
            }
            List<UUID> ids = new ArrayList<>();
            for (Future<Registered> answer : answers) {
                ids.add(answer.get().registration().id());
            }
            for (UUID id : ids) {
                rig.awaitStatus(id, RegistrationStatus.REGISTERED);
                assertThat(mlflow.registry().versionsOf(id.toString())).isEqualTo(1);
            }
            assertThat(mlflow.registry().versions("hot-0")).hasSize(30);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aliasesAndDeletions_goThroughMlflowIntoTheStore() throws Exception {
        rig.register("churn", null);
        rig.register("churn", null);
        Alias champion = new Alias("champion");

        assertThat(rig.registry.setAlias("churn", champion, 2, "bob")).isTrue();
        assertThat(mlflow.registry().alias("churn", "champion")).isEqualTo(2);
        assertThat(rig.ask("select version || ' ' || origin from mooring.model_alias"))
                .isEqualTo("2 mlflow");
        assertThat(rig.registry.setAlias("churn", champion, 9, "bob")).isFalse();
        assertThat(rig.registry.removeAlias("churn", champion, "bob")).isTrue();
        assertThat(rig.registry.removeAlias("churn", champion, "bob")).isFalse();
        assertThat(rig.registry.deleteVersion("churn", 1, "bob")).isTrue();
        assertThat(rig.registry.deleteVersion("churn", 1, "bob")).isFalse();
        assertThat(rig.registry.deleteModel("churn", "bob")).isTrue();
        assertThat(rig.registry.deleteModel("churn", "bob")).isFalse();
        assertThat(rig.ask("select string_agg(action, ' ' order by seq) from mooring.model_event"))
                .isEqualTo("registered registered promoted alias_removed version_deleted deleted");
    }

    @Test
    void change_whileMlflowIsAway_isRefusedAndSaysSo() throws Exception {
        rig.register("churn", null);
        forgetDoubts();
        Alias champion = new Alias("champion");
        mlflow.behave(Behaviour.POOL_DRY);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> rig.registry.deleteVersion("churn", 1, "bob"))
                .matches(away -> away.problem().code().equals("mlflow_unavailable")
                        && away.problem().detail().endsWith("nothing was changed.")
                        && !away.problem().detail().contains("SQL:"));
        mlflow.behave(Behaviour.DROPS_AFTER_COMMIT);
        // MLflow is asked for the alias first.
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> rig.registry.removeAlias("churn", champion, "bob"))
                .matches(away -> away.problem().code().equals("mlflow_unavailable")
                        && away.problem().detail().endsWith("nothing was changed."));
        assertThat(doubts()).isEqualTo("0");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> rig.registry.setAlias("churn", champion, 1, "bob"))
                .matches(unclear -> unclear.problem().code().equals("outcome_unknown"));
        assertThat(doubts()).isEqualTo("1");
    }

    @Test
    void change_thatMlflowFailsAt_mayBeMade_soItSaysSo_andPutsTheModelInDoubt() throws Exception {
        rig.register("churn", null);
        forgetDoubts();
        mlflow.behave(Behaviour.ERROR_500);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> rig.registry.setAlias("churn", new Alias("champion"), 1, "bob"))
                .matches(unclear -> unclear.problem().code().equals("outcome_unknown"));

        assertThat(doubts()).isEqualTo("1");
    }

    private void forgetDoubts() throws Exception {
        server.admin().execute(rig.database, "delete from mooring.mirror_doubt");
    }

    /** How many models the mirror asks for, and asks for again when the call must have ended. */
    private String doubts() throws Exception {
        return rig.ask("select count(*) from mooring.mirror_doubt where last_at > doubted_at + interval '1 s'");
    }

    private static tools.jackson.databind.JsonNode versionOf(UUID id) {
        return new tools.jackson.databind.json.JsonMapper()
                .readTree("{\"name\":\"churn\",\"source\":\"s3://models/churn\",\"tags\":"
                        + "[{\"key\":\"mooring.registration_id\",\"value\":\"" + id + "\"}]}");
    }
}
