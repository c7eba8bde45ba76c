package dev.mooring.registry.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.health.Status;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.registry.models.Registration;
import dev.mooring.registry.models.RegistrationStatus;
import dev.mooring.registry.store.Alias;
import dev.mooring.testing.mlflow.MlflowInstallation;
import dev.mooring.testing.mlflow.TestMlflow;
import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the registrations rely on, with a real MLflow server: it finds by tag what it made, whatever the name is. */
@Tag("long")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealMlflowTest {
    private static TestPostgres server;
    private static TestMlflow mlflow;
    private static RegistrationsRig rig;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = MlflowInstallation.missing();
        assumeTrue(missing.isEmpty(), missing::toString);
        server = TestPostgres.started();
        mlflow = TestMlflow.on(server);
        rig = new RegistrationsRig(server, mlflow.uri().toString());
        await().atMost(Duration.ofSeconds(20)).until(() -> rig.health().status() == Status.UP);
    }

    @AfterAll
    static void end() {
        if (rig != null) {
            rig.close();
            mlflow.close();
            server.close();
        }
    }

    @Test
    void version_ofAnyName_isFoundByItsTag() throws Exception {
        MlflowCalls calls = new MlflowCalls(rig.mlflow);
        for (String name : List.of(
                "plain",
                "it's",
                "a \"b\"",
                "it's \"both\"",
                "100% a_b",
                "-- x",
                "a;b",
                "`tick`",
                "é🚢",
                "and or = 'x")) {
            for (Map<String, String> tags : List.of(
                    Map.<String, String>of(), Map.of("mlflow.prompt.is_prompt", "true", "mlflow.prompt.text", "t"))) {
                Payload payload = payload(name, tags);
                assertThat(calls.createModel(name).status()).isIn(200, 400);
                assertThat(calls.createVersion(payload).content())
                        .as(name + tags)
                        .isPresent();
                assertThat(calls.made(payload).versions().orElseThrow())
                        .as(name + tags)
                        .hasSize(1);
            }
        }
    }

    /** MLflow's searches leave out all versions of such a model. */
    @Test
    void version_besideAPrompt_isFoundByItsTag() throws Exception {
        MlflowCalls calls = new MlflowCalls(rig.mlflow);
        Payload plain = payload("mixed", Map.of());
        assertThat(calls.createModel("mixed").status()).isEqualTo(200);
        assertThat(calls.createVersion(payload("mixed", Map.of("mlflow.prompt.is_prompt", "true")))
                        .status())
                .isEqualTo(200);
        assertThat(calls.createVersion(plain).status()).isEqualTo(200);

        assertThat(calls.made(plain).versions().orElseThrow())
                .singleElement()
                .matches(version -> version.version() == 2);
    }

    @Test
    void registration_isThereWithItsTag() throws Exception {
        Registration first = rig.register("real", null).registration();
        Registration registered = rig.awaitStatus(first.id(), RegistrationStatus.REGISTERED);

        assertThat(registered.version()).hasValue(1);
        assertThat(server.admin()
                        .ask(
                                mlflow.database(),
                                "select version from model_version_tags where key = 'mooring.registration_id' and value = '"
                                        + first.id() + "'"))
                .isEqualTo("1");
        assertThat(rig.registry.setAlias("real", new Alias("champion"), 1, "bob"))
                .isTrue();
        assertThat(rig.registry.setAlias("real", new Alias("champion"), 7, "bob"))
                .isFalse();
        assertThat(rig.registry.removeAlias("real", new Alias("champion"), "bob"))
                .isTrue();
        assertThat(rig.registry.removeAlias("real", new Alias("champion"), "bob"))
                .isFalse();
        assertThat(rig.registry.deleteVersion("real", 1, "bob")).isTrue();
        assertThat(rig.registry.deleteVersion("real", 1, "bob")).isFalse();
        assertThat(rig.registry.deleteModel("real", "bob")).isTrue();
        assertThat(rig.registry.deleteModel("real", "bob")).isFalse();
    }

    private static Payload payload(String name, Map<String, String> tags) {
        boolean prompt = !tags.isEmpty();
        return new Payload(
                UuidV7.at(System.currentTimeMillis()),
                name,
                prompt ? "dummy-source" : "s3://models/a",
                null,
                "text",
                new TreeMap<>(tags),
                new TreeMap<>(),
                "alice");
    }
}
