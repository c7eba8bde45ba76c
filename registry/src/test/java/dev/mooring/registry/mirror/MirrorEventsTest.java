package dev.mooring.registry.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.RecordedEvents;
import dev.mooring.testing.postgres.TestPostgres;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events of changes at MLflow: those that a caller of this service made, each once; no others. */
@Timeout(60)
class MirrorEventsTest {
    private static final long MADE_AT = 1_600_000_000_000L;
    private static final String GET = "registered-models/get";

    private static TestPostgres server;

    private final RecordedEvents events = new RecordedEvents();
    private MirrorKit kit;

    @BeforeAll
    static void start() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void begin() throws Exception {
        kit = new MirrorKit(server, events);
    }

    @AfterEach
    void end() {
        kit.close();
    }

    @Test
    void versionThatACallerMade_isOneEvent_alsoWhenItsAnswerIsSeenTwice() {
        createVersion(1);
        createVersion(1);
        createVersion(2);

        assertThat(events.lines()).containsExactly("registered churn 1", "registered churn 2");
        assertThat(events.all().get(0).registeredBy()).isEqualTo("alice");
        assertThat(events.all().get(0).source()).isNotEmpty();
        assertThat(events.all().get(0).modelId()).isEqualTo(events.all().get(1).modelId());
    }

    @Test
    void versionThatAReadShowedFirst_isTheEventOfItsCaller() {
        kit.read(GET, Map.of("name", "churn"), model(1), "");
        await().until(() ->
                kit.ask("select count(*) from mooring.model_version").equals("1"));
        assertThat(events.lines()).as("what others made at MLflow").isEmpty();

        createVersion(1);

        assertThat(events.lines()).containsExactly("registered churn 1");
        assertThat(events.all().get(0).registeredBy()).isEqualTo("alice");
    }

    @Test
    void promotions_sayWhatWasThereBefore() {
        createVersion(1);
        createVersion(2);
        alias("1");
        alias("2");
        alias("2");
        stage(1);
        stage(2);

        assertThat(events.lines().subList(2, events.lines().size()))
                .containsExactly(
                        "promoted churn 1 to champion from null",
                        "promoted churn 2 to champion from 1",
                        "promoted churn 1 to Production from null",
                        "promoted churn 2 to Production from 1");
    }

    @Test
    void eventOfAWorkspace_namesItsRegistry() {
        kit.observer.saw(
                MirrorKit.call(
                        "POST",
                        "model-versions/create",
                        "",
                        FakeMlflow.text(Map.of("name", "churn", "source", "s3://bucket/1")),
                        "alice",
                        "blue",
                        System.nanoTime()),
                MirrorKit.answer(200, Map.of("model_version", FakeMlflow.version("churn", 1, MADE_AT))));

        assertThat(events.all()).singleElement().satisfies(event -> assertThat(event.origin())
                .isEqualTo(Origin.workspace("blue")));
    }

    private void createVersion(int number) {
        kit.made(
                "POST",
                "model-versions/create",
                Map.of("name", "churn", "source", "s3://bucket/" + number),
                Map.of("model_version", FakeMlflow.version("churn", number, MADE_AT)),
                "alice",
                System.nanoTime());
    }

    private void alias(String version) {
        kit.made(
                "POST",
                "registered-models/alias",
                Map.of("name", "churn", "alias", "champion", "version", version),
                Map.of(),
                "alice",
                System.nanoTime());
    }

    private void stage(int number) {
        Map<String, Object> moved = new TreeMap<>(FakeMlflow.version("churn", number, MADE_AT));
        moved.put("current_stage", "Production");
        kit.made(
                "POST",
                "model-versions/transition-stage",
                Map.of("name", "churn", "version", Integer.toString(number), "stage", "Production"),
                Map.of("model_version", moved),
                "alice",
                System.nanoTime());
    }

    private static Map<String, Object> model(int versions) {
        TreeMap<Integer, Map<String, Object>> made = new TreeMap<>();
        for (int number = 1; number <= versions; number++) {
            made.put(number, FakeMlflow.version("churn", number, MADE_AT));
        }
        return Map.of("registered_model", FakeMlflow.model("churn", made));
    }
}
