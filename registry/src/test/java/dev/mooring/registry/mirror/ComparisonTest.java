package dev.mooring.registry.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.registry.models.Model;
import dev.mooring.registry.models.RegistryReads;
import dev.mooring.registry.store.MirrorMarks;
import dev.mooring.registry.store.Origin;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The comparison of a mirror with MLflow: complete, resumable, and never removing what it did not see missing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ComparisonTest {
    private static final int ROWS = 4;

    private static TestPostgres server;
    private MirrorKit kit;
    private FakeMlflow mlflow;
    private HttpBackend backend;
    private Mooring mooring;
    private SyncTable table;
    private Comparison comparison;

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
        mlflow = new FakeMlflow();
        backend = HttpBackend.of(HttpSettings.at("mlflow", mlflow.uri()));
        mooring = Mooring.supervise(backend.dependency());
        table = new SyncTable(kit.sql);
        comparison = comparison();
        write(() -> table.add(Origin.MLFLOW));
        for (int i = 0; i < 7; i++) {
            mlflow.put("", "m" + i, i % 4);
        }
        mlflow.put("", "big", 9);
        mlflow.put("", "team/churn:v", 2);
    }

    @AfterEach
    void end() {
        mooring.close();
        backend.close();
        mlflow.close();
        kit.close();
    }

    private Comparison comparison() {
        MlflowReader reader = new MlflowReader(backend, Duration.ofSeconds(5), took -> {});
        return new Comparison(reader, kit.mirror, kit.transactions, kit.sql, ROWS);
    }

    @Test
    void comparison_fillsTheMirror_andSearchesAreKnownOnceItIsComplete() throws Exception {
        comparison.begin(Origin.MLFLOW);
        while (position().phase().isPresent()) {
            assertThat(kit.outage("registered-models/search", Map.of(), "")).isEmpty();
            step(comparison);
        }

        assertThat(kit.outage("registered-models/search", Map.of(), "")).isPresent();
        assertThat(kit.outage("model-versions/search", Map.of(), "")).isPresent();
        assertThat(models()).isEqualTo("big 9, m0 0, m1 1, m2 2, m3 3, m4 0, m5 1, m6 2, team/churn:v 2");
        assertThat(kit.ask("select count(*) from mooring.model_event where action = 'created' and actor = 'mlflow'"))
                .isEqualTo("9");
    }

    @Test
    void modelOfWhichTheMirrorKnowsAVersionOnly_isInTheListWhileMlflowAnswers() throws Exception {
        compare();
        mlflow.put("", "new", 1);
        int inserted = kit.sql
                .sql("insert into mooring.model (origin, name, last_version) values ('mlflow', 'new', 1)")
                .update();
        assertThat(inserted).isOne();
        assertThat(kit.outage("registered-models/search", Map.of(), "")).isPresent();
        assertThat(kit.outage("registered-models/get", Map.of("name", "new"), ""))
                .isEmpty();

        assertThat(list()).contains("new");
        assertThat(kit.outage("registered-models/get", Map.of("name", "new"), ""))
                .isPresent();
    }

    @Test
    void list_duringTheFirstComparison_waitsForItsEnd() throws Exception {
        MirrorPlan plan = new MirrorPlan(Duration.ofMinutes(5), Duration.ofMillis(1), 1_000);
        MirrorLoop loop =
                new MirrorLoop(backend, kit.mirror, kit.transactions, kit.sql, kit.missed, plan, Time.system());
        try (MirrorLoop running = loop.start()) {
            assertThat(list()).contains("big", "m6");
            assertThat(running.age()).isLessThan(Duration.ofSeconds(20));
        }
    }

    private List<String> list() {
        return MirrorConfiguration.reads(backend, kit.transactions, kit.sql)
                .models("", new PageRequest(100, null))
                .value()
                .items()
                .stream()
                .map(Model::name)
                .toList();
    }

    @Test
    void versions_thatAreLarge_areAskedForFewAtATime_andMlflowStaysWell() throws Exception {
        mlflow.enlarge("big", 1_500_000);
        compare();

        assertThat(models()).contains("big 9");
        assertThat(kit.ask("select min(length(description)) from mooring.model_version where model = 'big'"))
                .isEqualTo("1500000");
        assertThat(backend.dependency().breaker().view().state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void version_thatIsLargerThanAnyAnswer_endsTheComparison_andSaysNothingAgainstMlflow() {
        mlflow.enlarge("big", 17_000_000);

        assertThatThrownBy(this::compare).isInstanceOf(AwayException.class).hasMessageContaining("larger than");
        assertThat(backend.dependency().breaker().view().state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void whatIsGoneAtMlflow_isRemoved_withItsHistory() throws Exception {
        compare();
        mlflow.remove("m3");
        mlflow.removeVersion("big", 5);
        mlflow.put("", "new", 1);
        compare();

        assertThat(models()).isEqualTo("big 8, m0 0, m1 1, m2 2, m4 0, m5 1, m6 2, new 1, team/churn:v 2");
        assertThat(kit.ask("select string_agg(model || ' ' || action, ', ' order by seq) from mooring.model_event"
                        + " where action in ('deleted', 'version_deleted')"))
                .contains("m3 deleted", "big version_deleted");
    }

    @Test
    void comparisonThatBreaks_removesNothing_andAnotherProcessGoesOnWithIt() throws Exception {
        compare();
        String before = models();
        mlflow.remove("m0");
        comparison.begin(Origin.MLFLOW);
        step(comparison);
        mlflow.breaks(true);
        assertThatExceptionOfType(AwayException.class).isThrownBy(() -> step(comparison));
        assertThat(models()).isEqualTo(before);
        mlflow.breaks(false);
        long calls = mlflow.calls().size();

        Comparison other = comparison();
        assertThat(position().offset()).isPositive();
        finish(other);

        assertThat(models()).doesNotContain("m0");
        assertThat(mlflow.calls().size() - calls).isLessThan(40);
    }

    @Test
    void workspace_isComparedByItself() throws Exception {
        mlflow.put("blue", "only-blue", 1);
        Origin blue = Origin.workspace("blue");
        write(() -> table.add(blue));
        comparison.begin(blue);
        while (kit.transactions
                .read(() -> table.find(blue))
                .orElseThrow()
                .phase()
                .isPresent()) {
            comparison.step(blue, kit.transactions.read(() -> table.find(blue)).orElseThrow());
        }

        assertThat(kit.ask("select string_agg(origin || ' ' || name, ',') from mooring.model"))
                .isEqualTo("mlflow:blue only-blue");
    }

    @Test
    void oneProcess_worksOnAMirror() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();

        assertThat(kit.transactions.write(() -> table.claim(Origin.MLFLOW, first)))
                .isPresent();
        assertThat(kit.transactions.write(() -> table.claim(Origin.MLFLOW, second)))
                .isEmpty();
        write(() -> table.release(first));
        assertThat(kit.transactions.write(() -> table.claim(Origin.MLFLOW, second)))
                .isPresent();
    }

    @Test
    void loop_comparesAndSettlesDoubts_andItsAgeIsTheLastComparisons() {
        MirrorPlan plan = new MirrorPlan(Duration.ofSeconds(1), Duration.ofMillis(1), 100);
        MirrorLoop loop =
                new MirrorLoop(backend, kit.mirror, kit.transactions, kit.sql, kit.missed, plan, Time.system());
        try (MirrorLoop running = loop.start()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> kit.outage("registered-models/search", Map.of(), "")
                    .isPresent());
            assertThat(running.age()).isLessThan(Duration.ofSeconds(20));
            mlflow.remove("m1");
            kit.mirror.doubt(Origin.MLFLOW, "m1");
            running.wake();
            await().atMost(Duration.ofSeconds(20)).until(() -> !models().contains("m1"));
        }
        assertThat(kit.ask("select count(*) from mooring.mirror_sync where claimed_by is not null"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT1H"})
    void loop_comparesAgainWhenItIsTime_whateverTheClockOfThisMachineSays(Duration off) {
        Time wrong = Time.of(() -> Instant.now().plus(off), System::nanoTime);
        MirrorPlan plan = new MirrorPlan(Duration.ofMillis(100), Duration.ofMillis(1), 100);
        MirrorLoop loop = new MirrorLoop(backend, kit.mirror, kit.transactions, kit.sql, kit.missed, plan, wrong);
        try (MirrorLoop running = loop.start()) {
            await().until(() -> !complete(Origin.MLFLOW).isEmpty());
            String first = complete(Origin.MLFLOW);
            await().until(() -> !complete(Origin.MLFLOW).equals(first));

            assertThat(running.age()).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void modelAndWorkspace_thatMlflowCannotAnswerFor_doNotHoldUpTheOthers() {
        mlflow.breaks("m1");
        mlflow.forgetsWorkspace("blue");
        mlflow.put("green", "only-green", 1);
        write(() -> table.add(Origin.workspace("blue")));
        write(() -> table.add(Origin.workspace("green")));
        write(() -> new MirrorMarks(kit.sql).doubt(Origin.MLFLOW, List.of("m1")));
        MirrorPlan plan = new MirrorPlan(Duration.ofSeconds(60), Duration.ofMillis(1), 100);

        try (MirrorLoop running = new MirrorLoop(
                        backend, kit.mirror, kit.transactions, kit.sql, kit.missed, plan, Time.system())
                .start()) {
            running.wake();
            await().until(() -> !complete(Origin.workspace("green")).isEmpty());
            await().until(() -> !complete(Origin.MLFLOW).isEmpty());
        }
        assertThat(complete(Origin.workspace("blue"))).isEmpty();
    }

    /** MLflow keeps such texts on SQLite and MySQL, and PostgreSQL cannot. */
    @Test
    void textThatTheDatabaseCannotKeep_doesNotHoldUpTheComparison() throws Exception {
        mlflow.describe("big", "a\0b");

        compare();

        assertThat(models()).contains("big 9", "m6 2");
        assertThat(kit.ask("select distinct description from mooring.model_version where model = 'big'"))
                .isEqualTo("a\ufffdb");
    }

    /** When the last complete comparison began; empty before the first. */
    private String complete(Origin origin) {
        return kit.ask("select coalesce(max(complete_at::text), '') from mooring.mirror_sync where origin = '"
                + origin.value() + "'");
    }

    @Test
    void readsOfRest_askMlflow_andTheMirrorWhileItIsAway() throws Exception {
        RegistryReads reads = MirrorConfiguration.reads(backend, kit.transactions, kit.sql);
        PageRequest page = new PageRequest(2, null);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> reads.models("", page));
        var model = reads.model("m3");
        var versions = reads.versions("m3", page);
        assertThat(model.age()).isEmpty();
        assertThat(model.value()).isPresent();
        assertThat(reads.model("none").value()).isEmpty();
        assertThat(reads.versions("none", page).value()).isEmpty();
        assertThat(versions.value().orElseThrow().items())
                .extracting(one -> one.version())
                .containsExactly("3", "2");
        assertThat(reads.history("m3", page).value()).isPresent();
        assertThat(reads.history("none", page).value()).isEmpty();
        compare();

        mlflow.breaks(true);
        assertThat(reads.model("m3").value()).isEqualTo(model.value());
        assertThat(reads.model("m3").degraded()).isTrue();
        assertThat(reads.versions("m3", page).value()).isEqualTo(versions.value());
        assertThat(reads.version("m3", 1).age()).isPresent();
        assertThat(reads.models("m", new PageRequest(50, null)).value().items()).hasSize(7);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> reads.model("none"));
    }

    private void compare() throws AwayException {
        comparison.begin(Origin.MLFLOW);
        finish(comparison);
    }

    private void finish(Comparison by) throws AwayException {
        while (position().phase().isPresent()) {
            step(by);
        }
    }

    private void step(Comparison by) throws AwayException {
        boolean unused = by.doubt(Origin.MLFLOW);
        by.step(Origin.MLFLOW, position());
    }

    private Position position() {
        return kit.transactions.read(() -> table.find(Origin.MLFLOW)).orElseThrow();
    }

    private void write(Runnable work) {
        boolean unused = kit.transactions.write(() -> {
            work.run();
            return true;
        });
    }

    /** Each model and how many versions it has. */
    private String models() {
        return kit.ask(
                "select string_agg(name || ' ' || (select count(*) from mooring.model_version v where v.model = m.name), ', '"
                        + " order by name) from mooring.model m");
    }
}
