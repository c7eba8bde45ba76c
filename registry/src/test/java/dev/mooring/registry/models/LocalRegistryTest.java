package dev.mooring.registry.models;

import static dev.mooring.registry.models.RegistryKit.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.postgres.id.UuidV7;
import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.ModelName;
import dev.mooring.spring.problem.ProblemException;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalRegistryTest {
    private static RegistryKit kit;

    @BeforeAll
    static void start() {
        kit = RegistryKit.create(2);
    }

    @AfterAll
    static void stop() {
        kit.close();
    }

    @Test
    void versions_ofOneModel_countFromOne() {
        assertThat(kit.registry
                        .register(wanted("counted", null, "a"))
                        .registration()
                        .version())
                .hasValue(1);
        assertThat(kit.registry
                        .register(wanted("counted", null, "a"))
                        .registration()
                        .version())
                .hasValue(2);
    }

    @Test
    void sameKeyAndBody_again_givesTheFirstRegistration() {
        Registered first = kit.registry.register(wanted("replayed", "key", "a"));

        Registered again = kit.registry.register(wanted("replayed", "key", "a"));

        assertThat(first.replayed()).isFalse();
        assertThat(again.replayed()).isTrue();
        assertThat(again.registration()).isEqualTo(first.registration());
    }

    @Test
    void sameKey_withAnotherBody_isRefused() {
        kit.registry.register(wanted("reused", "reused-key", "a"));

        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> kit.registry.register(wanted("reused", "reused-key", "b")));

        assertThat(refused.problem().status()).isEqualTo(422);
        assertThat(refused.problem().code()).isEqualTo("idempotency_key_reused");
        assertThat(kit.catalog.model("reused").orElseThrow().latestVersion()).isEqualTo("1");
    }

    @Test
    void sameKey_ofAnotherOwner_isAnotherKey() {
        kit.registry.register(wanted("alice", "owned", "shared", "a"));

        Registered bobs = kit.registry.register(wanted("bob", "owned", "shared", "b"));

        assertThat(bobs.replayed()).isFalse();
        assertThat(bobs.registration().version()).hasValue(2);
    }

    @Test
    void sameRegistration_triedAgain_isNoReplay() {
        NewRegistration wanted = wanted("tried-again", null, "a");
        Registered first = kit.registry.register(wanted);

        Registered again = kit.registry.register(wanted);

        assertThat(again).isEqualTo(first);
        assertThat(kit.catalog.model("tried-again").orElseThrow().latestVersion())
                .isEqualTo("1");
    }

    @Test
    void registration_byItsId_isFound() {
        Registration made = kit.registry.register(wanted("found", null, "a")).registration();

        assertThat(kit.registry.registration(made.id())).contains(made);
        assertThat(kit.registry.registration(UUID.randomUUID())).isEmpty();
    }

    @Test
    void everyField_registered_isReadBackAsItWas() {
        TreeMap<String, String> tags = new TreeMap<>();
        tags.put("team", "ранжирование 🚢");
        tags.put("empty", "");
        TreeMap<String, Double> metrics = new TreeMap<>();
        metrics.put("auc", 0.1 + 0.2);
        metrics.put("largest", Double.MAX_VALUE);
        metrics.put("smallest", Double.MIN_VALUE);
        metrics.put("whole", -7.0);
        RegistrationRequest request = new RegistrationRequest(
                new ModelName("模型 v1.0 🚢 שלום"), "s3://a/'\"\\b", "run", "line 1\nline 2", tags, metrics);

        Registration made = kit.registry
                .register(new NewRegistration(UuidV7.at(1), "carol", null, request))
                .registration();

        ModelVersion read = kit.catalog.version(made.name(), 1).orElseThrow();
        assertThat(read.name()).isEqualTo(request.name().value());
        assertThat(read.source()).isEqualTo(request.source());
        assertThat(read.runId()).isEqualTo("run");
        assertThat(read.description()).isEqualTo("line 1\nline 2");
        assertThat(read.tags()).isEqualTo(tags);
        assertThat(read.metrics()).isEqualTo(metrics);
        assertThat(read.registeredBy()).isEqualTo("carol");
        assertThat(read.registrationId()).isEqualTo(made.id());
    }

    @Test
    void hash_ofARequest_staysAsItWasInEarlierReleases() {
        TreeMap<String, String> tags = new TreeMap<>();
        tags.put("b", "2");
        tags.put("a", "1");
        TreeMap<String, Double> metrics = new TreeMap<>();
        metrics.put("auc", 0.5);
        RegistrationRequest request =
                new RegistrationRequest(new ModelName("churn"), "s3://churn/7", null, "text", tags, metrics);

        assertThat(KeptJson.text(request))
                .isEqualTo("{\"description\":\"text\",\"metrics\":{\"auc\":0.5},\"name\":\"churn\","
                        + "\"source\":\"s3://churn/7\",\"tags\":{\"a\":\"1\",\"b\":\"2\"}}");
        assertThat(request.hash())
                .asHexString()
                .isEqualTo("542D36DDB50152FACB6641F7393D92F591394A4E501420A11D6713C25037167F");
    }
}
