package dev.mooring.registry.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.registry.gateway.OutageAnswer;
import dev.mooring.registry.gateway.RegistryCall;
import dev.mooring.registry.store.Origin;
import dev.mooring.testing.postgres.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mirror enters, in which order, and what it answers in an outage. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MirrorTest {
    private static final String GET = "registered-models/get";
    private static final String VERSION = "model-versions/get";
    private static final Map<String, String> CHURN = Map.of("name", "churn");

    private static TestPostgres server;
    private MirrorKit kit;

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
        kit = new MirrorKit(server);
    }

    @AfterEach
    void end() {
        kit.close();
    }

    @Test
    void modelThatAClientMade_isKnownAtOnce_withWhoDidWhat() {
        createChurn();
        createVersion(1, "alice");
        setAlias("champion", "bob");

        assertThat(body(kit.outage(GET, CHURN, ""))).contains("\"version\":\"1\"", "champion");
        assertThat(body(kit.outage("registered-models/alias", Map.of("name", "churn", "alias", "champion"), "")))
                .contains("s3://bucket/1");
        assertThat(kit.ask("select string_agg(action || ' ' || actor, ', ' order by seq) from mooring.model_event"))
                .isEqualTo("created alice, registered alice, promoted bob");
    }

    @Test
    void mirror_neverSaysThatSomethingIsNotThere() {
        createChurn();

        assertThat(kit.outage(GET, Map.of("name", "other"), "")).isEmpty();
        assertThat(kit.outage(VERSION, Map.of("name", "churn", "version", "1"), ""))
                .isEmpty();
        assertThat(kit.outage("registered-models/alias", Map.of("name", "churn", "alias", "none"), ""))
                .isEmpty();
        assertThat(kit.outage("registered-models/search", Map.of(), "")).isEmpty();
        assertThat(kit.outage("model-versions/search", Map.of(), "")).isEmpty();
        assertThat(kit.outage(GET, Map.of(), "").map(OutageAnswer::status)).hasValue(400);
        assertThat(kit.outage("registered-models/search", Map.of("filter", "nonsense"), "")
                        .map(OutageAnswer::status))
                .hasValue(400);
    }

    /** MLflow made the version without this service. The mirror must not go on with where the alias pointed before. */
    @Test
    void aliasOnAVersionThatTheMirrorHasNotRead_isUnknownUntilItHas() {
        createChurn();
        createVersion(1, "alice");
        setAlias("champion", "bob");
        Map<String, String> champion = Map.of("name", "churn", "alias", "champion");
        assertThat(kit.outage("registered-models/alias", champion, "")).isPresent();

        pointAlias("champion", 2, "carol");

        assertThat(kit.outage("registered-models/alias", champion, "")).isEmpty();
        assertThat(kit.outage(GET, CHURN, "")).isEmpty();
        assertThat(body(kit.outage(VERSION, Map.of("name", "churn", "version", "1"), "")))
                .doesNotContain("champion");
        assertThat(doubts()).isEqualTo("churn");
    }

    @Test
    void workspaces_areKeptApart() {
        kit.read(GET, CHURN, model("churn", 1), "blue");
        await().until(() -> kit.outage(GET, CHURN, "blue").isPresent());

        assertThat(kit.outage(GET, CHURN, "")).isEmpty();
        assertThat(kit.outage(GET, CHURN, "green")).isEmpty();
        assertThat(kit.ask("select string_agg(origin, ',') from mooring.mirror_sync"))
                .isEqualTo("mlflow:blue");
    }

    @Test
    void namesOfOlderServers_areHeld() {
        kit.read(GET, Map.of("name", "team/churn:v"), model("team/churn:v", 2), "");

        await().until(() -> kit.outage(GET, Map.of("name", "team/churn:v"), "").isPresent());
        assertThat(body(kit.outage(GET, Map.of("name", "team/churn:v"), ""))).contains("team/churn:v");
    }

    @Test
    void answerSentBeforeAChange_doesNotUndoIt_andLeavesADoubt() {
        createChurn();
        createVersion(1, "alice");
        long before = System.nanoTime();
        setAlias("champion", "bob");

        kit.mirror.models(Origin.MLFLOW, List.of(seen(0)), before);

        assertThat(body(kit.outage(GET, CHURN, ""))).contains("champion");
        assertThat(doubts()).isEqualTo("churn");
    }

    @Test
    void answerSentBeforeADeletion_doesNotBringTheModelBack() {
        createChurn();
        long before = System.nanoTime();
        kit.made("DELETE", "registered-models/delete", CHURN, Map.of(), "alice", System.nanoTime());

        kit.mirror.models(Origin.MLFLOW, List.of(seen(1)), before);

        assertThat(kit.ask("select count(*) from mooring.model")).isEqualTo("0");
        assertThat(kit.ask("select string_agg(action || ' ' || actor, ', ' order by seq) from mooring.model_event"))
                .isEqualTo("created alice, deleted alice");
    }

    @Test
    void overlappingChanges_leaveADoubt() {
        createChurn();
        createVersion(1, "alice");
        long both = System.nanoTime();
        tag("a", both);
        int settled = kit.sql.sql("delete from mooring.mirror_doubt").update();
        tag("b", both);

        assertThat(settled).isLessThan(2);
        assertThat(doubts()).isEqualTo("churn");
    }

    @Test
    void changeWithoutAnAnswer_leavesADoubtUntilItMustHaveEnded_andKeepsWhatIsKnown() {
        createChurn();
        kit.observer.lost(MirrorKit.call(
                "POST", "model-versions/create", "", "{\"name\":\"churn\",\"source\":\"s3://b/1\"}", "alice", "", 0));

        assertThat(doubts()).isEqualTo("churn");
        assertThat(kit.outage(GET, CHURN, "")).isPresent();
        assertThat(kit.mirror.whole(Origin.MLFLOW, seen(0), List.of(), later())).isTrue();
        assertThat(doubts()).isEqualTo("churn");
        assertThat(kit.ask("select last_at > clock_timestamp() + interval '50 s' from mooring.mirror_doubt"))
                .isEqualTo("t");
    }

    @Test
    void modelMadeAnew_isAnotherModel() {
        createChurn();
        createVersion(1, "alice");
        SeenModel anew = new SeenModel(
                "churn",
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                Instant.ofEpochMilli(2),
                Instant.ofEpochMilli(2));

        kit.mirror.models(Origin.MLFLOW, List.of(anew), later());

        assertThat(kit.ask("select count(*) from mooring.model_version")).isEqualTo("0");
        assertThat(kit.ask("select string_agg(action || ' ' || actor, ', ' order by seq) from mooring.model_event"))
                .isEqualTo("created alice, registered alice, deleted mlflow, created mlflow");
    }

    @Test
    void changeThatAnAnswerShowedFirst_isTheCallers() {
        createChurn();
        long sent = System.nanoTime();
        kit.mirror.models(Origin.MLFLOW, List.of(seen(1)), later());
        createVersionAt(1, "alice", sent);

        assertThat(kit.ask("select registered_by from mooring.model_version")).isEqualTo("alice");
        assertThat(kit.ask("select string_agg(action || ' ' || actor, ', ' order by seq) from mooring.model_event"))
                .isEqualTo("created alice, registered alice");
    }

    @Test
    void absentModel_thatTheMirrorKnows_isLookedUpAndNotRemovedAtOnce() {
        createChurn();
        kit.observer.saw(
                MirrorKit.call("GET", GET, "name=churn", "", "reader", "", System.nanoTime()),
                MirrorKit.answer(404, Map.of("error_code", "RESOURCE_DOES_NOT_EXIST", "message", "no")));

        assertThat(doubts()).isEqualTo("churn");
        assertThat(kit.outage(GET, CHURN, "")).isPresent();
        assertThat(kit.mirror.gone(Origin.MLFLOW, "churn", later())).isTrue();
        assertThat(doubts()).isEmpty();
        assertThat(kit.ask("select action || ' ' || actor from mooring.model_event order by seq desc limit 1"))
                .isEqualTo("deleted mlflow");
    }

    @Test
    void filesOfALink_areKnownOnceMlflowSaidWhereTheyAre() {
        createChurn();
        Map<String, Object> made = FakeMlflow.version("churn", 1, 5);
        made.put("source", "models:/other/3");
        kit.made(
                "POST",
                "model-versions/create",
                Map.of("name", "churn", "source", "models:/other/3"),
                Map.of("model_version", made),
                "alice",
                System.nanoTime());
        Map<String, String> first = Map.of("name", "churn", "version", "1");
        assertThat(kit.outage("model-versions/get-download-uri", first, "")).isEmpty();

        kit.read("model-versions/get-download-uri", first, Map.of("artifact_uri", "s3://other/3"), "");

        await().until(() ->
                kit.outage("model-versions/get-download-uri", first, "").isPresent());
        assertThat(body(kit.outage("model-versions/get-download-uri", first, "")))
                .contains("s3://other/3");
    }

    /** As after MLflow's database was put back to an older state. */
    @Test
    void number_thatMlflowGaveBefore_isAnotherVersionWithoutTheAliasesOfTheFirst() {
        createChurn();
        createVersion(1, "alice");
        setAlias("champion", "alice");
        Map<String, Object> again = FakeMlflow.version("churn", 1, 1_600_000_000_001L);
        again.put("source", "s3://bucket/new");

        kit.made(
                "POST",
                "model-versions/create",
                Map.of("name", "churn", "source", "s3://bucket/new"),
                Map.of("model_version", again),
                "bob",
                System.nanoTime());

        assertThat(body(kit.outage("model-versions/get", Map.of("name", "churn", "version", "1"), "")))
                .contains("s3://bucket/new")
                .doesNotContain("champion");
        assertThat(kit.outage("registered-models/alias", Map.of("name", "churn", "alias", "champion"), ""))
                .isEmpty();
        assertThat(kit.ask("select registered_by from mooring.model_version")).isEqualTo("bob");
    }

    @Test
    void change_thatTheDatabaseDidNotTake_makesTheMirrorAskBeforeItAnswers() {
        createChurn();
        createVersion(1, "alice");
        createVersion(2, "alice");
        setAlias("champion", "alice");
        Map<String, String> champion = Map.of("name", "churn", "alias", "champion");
        assertThat(kit.outage("registered-models/alias", champion, "")).isPresent();

        kit.change("alter table mooring.model_alias rename to away");
        assertThatThrownBy(() -> pointAlias("champion", 2, "alice")).isInstanceOf(RuntimeException.class);
        kit.change("alter table mooring.away rename to model_alias");
        kit.enterMissed();

        assertThat(kit.outage("registered-models/alias", champion, "")).isEmpty();
        assertThat(kit.outage(GET, CHURN, "")).isEmpty();
        assertThat(doubts()).isEqualTo("churn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "long"})
    void changeOfAName_thatNoDatabaseHolds_doesNotHoldUpTheOthers(String given) {
        String letters = new Random(1)
                .ints(100_000, 'a', 'z')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String name = given.equals("long") ? letters : given;
        RegistryCall change = MirrorKit.call(
                "POST", "registered-models/create", "", FakeMlflow.text(Map.of("name", name)), "alice", "", 1);
        for (int i = 0; i < 20; i++) {
            kit.missed.add(Origin.MLFLOW, List.of("m" + i));
        }

        assertThatThrownBy(() -> kit.observer.lost(change)).isInstanceOf(RuntimeException.class);
        kit.enterMissed();
        kit.enterMissed();

        assertThat(kit.ask("select count(*) from mooring.mirror_doubt")).isEqualTo("20");
    }

    /** A request after everything so far; the mirror takes one that follows a change at once for one that overlaps with it. */
    private static long later() {
        return System.nanoTime() + Duration.ofSeconds(1).toNanos();
    }

    private void createChurn() {
        kit.made(
                "POST",
                "registered-models/create",
                CHURN,
                Map.of(
                        "registered_model",
                        Map.of(
                                "name",
                                "churn",
                                "creation_timestamp",
                                1_600_000_000_000L,
                                "last_updated_timestamp",
                                1_600_000_000_000L)),
                "alice",
                System.nanoTime());
    }

    private void createVersion(int number, String actor) {
        createVersionAt(number, actor, System.nanoTime());
    }

    private void createVersionAt(int number, String actor, long sent) {
        kit.made(
                "POST",
                "model-versions/create",
                Map.of("name", "churn", "source", "s3://bucket/" + number),
                Map.of("model_version", FakeMlflow.version("churn", number, 1_600_000_000_000L)),
                actor,
                sent);
    }

    private void setAlias(String alias, String actor) {
        pointAlias(alias, 1, actor);
    }

    private void pointAlias(String alias, int version, String actor) {
        kit.made(
                "POST",
                "registered-models/alias",
                Map.of("name", "churn", "alias", alias, "version", "" + version),
                Map.of(),
                actor,
                System.nanoTime());
    }

    private void tag(String value, long sent) {
        kit.made(
                "POST",
                "registered-models/set-tag",
                Map.of("name", "churn", "key", "k", "value", value),
                Map.of(),
                "alice",
                sent);
    }

    private static Map<String, Object> model(String name, int versions) {
        TreeMap<Integer, Map<String, Object>> made = new TreeMap<>();
        for (int number = 1; number <= versions; number++) {
            made.put(number, FakeMlflow.version(name, number, 1_600_000_000_000L));
        }
        return Map.of("registered_model", FakeMlflow.model(name, made));
    }

    private static SeenModel seen(int versions) {
        byte[] json = FakeMlflow.text(model("churn", versions)).getBytes(StandardCharsets.UTF_8);
        return SeenModel.of(Json.object(json).orElseThrow().path("registered_model"))
                .orElseThrow();
    }

    private String doubts() {
        return kit.ask("select string_agg(model, ',') from mooring.mirror_doubt");
    }

    private static String body(Optional<OutageAnswer> answer) {
        return new String(answer.orElseThrow().body(), StandardCharsets.UTF_8);
    }
}
