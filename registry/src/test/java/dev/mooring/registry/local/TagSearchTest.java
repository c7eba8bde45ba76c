package dev.mooring.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.models.RegistryKit;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.PlannedAnew;
import dev.mooring.registry.store.Transactions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * A search by tag reads an index and no whole table. By default on 2,000 models with 20,000 versions; {@code -Dmooring.search=full} takes
 * 10,000 with 100,000, for which the promise is.
 */
@Timeout(600)
@Tag("alone")
class TagSearchTest {
    private static final boolean FULL = "full".equals(System.getProperty("mooring.search"));
    private static final int MODELS = FULL ? 10_000 : 2_000;
    private static final int TEAMS = MODELS / 20;
    private static final int SEARCHES = FULL ? 400 : 100;
    private static final int MOST_MILLIS = 50;

    private static RegistryKit kit;
    private static RegistryReads reads;

    @BeforeAll
    static void fill() {
        kit = RegistryKit.create(1);
        kit.sql.sql("""
                        insert into mooring.model (name, last_version, tags)
                        select 'model-' || i, 10, jsonb_build_object('team', 'team-' || i % :teams, 'index', i::text, 'kind', 'any')
                        from generate_series(1, :models) i""").param("teams", TEAMS).param("models", MODELS).update();
        kit.sql.sql("""
                        insert into mooring.model_version (model, version, source, tags, registered_by, last_updated)
                        select 'model-' || i, v, 's3://bucket/' || i || '/' || v,
                               jsonb_build_object('team', 'team-' || i % :teams, 'build', i || '-' || v, 'kind', 'any'), 'alice',
                               now() - i * interval '1 s'
                        from generate_series(1, :models) i, generate_series(1, 10) v""").param("teams", TEAMS).param("models", MODELS).update();
        kit.sql.sql("analyze").update();
        reads = new RegistryReads(
                Origin.LOCAL,
                new Transactions(new JdbcTransactionManager(kit.pool)),
                kit.sql,
                PlannedAnew.on(kit.pool));
    }

    @BeforeEach
    void warmUp() {
        for (int i = 0; i < SEARCHES; i++) {
            search("registered-models", "tags.team = 'team-1' AND name LIKE '%'", 100);
            search("model-versions", "tags.index = 'none'", 100);
        }
    }

    @AfterAll
    static void end() {
        kit.close();
    }

    @Test
    void modelsByTag_areFoundInTime() {
        Random random = new Random(1);
        measure(
                "search of models by tag",
                20,
                "registered_models",
                "registered-models",
                () -> "tags.team = 'team-" + random.nextInt(TEAMS) + "' AND tag.`mlflow.prompt.is_prompt` != 'true'");
    }

    @Test
    void modelsByTwoTags_areFoundInTime() {
        Random random = new Random(2);
        measure("search of models by two tags", 1, "registered_models", "registered-models", () -> {
            int model = 1 + random.nextInt(MODELS);
            return "tags.index = '" + model + "' AND tags.team LIKE 'team-" + model % TEAMS + "'";
        });
    }

    @Test
    void versionsByTag_areFoundInTime() {
        Random random = new Random(3);
        measure(
                "search of versions by tag",
                200,
                "model_versions",
                "model-versions",
                () -> "tags.team = 'team-" + random.nextInt(TEAMS) + "'");
    }

    @Test
    void firstPages_areFoundInTime() {
        measure("first page of models", 100, "registered_models", "registered-models", () -> "");
        measure(
                "first page of versions of a tag that all have",
                200,
                "model_versions",
                "model-versions",
                () -> "tags.kind = 'any'");
    }

    @Test
    void searchByTag_readsItsIndex() {
        // Where a table has few pages, the index is not worth it.
        kit.sql.sql("set enable_seqscan = off").update();
        assertThat(plan("mooring.model r")).contains("Bitmap Index Scan on model_tags");
        assertThat(plan("mooring.model_version r")).contains("Bitmap Index Scan on model_version_tags");
        kit.sql.sql("reset enable_seqscan").update();
    }

    private static String plan(String table) {
        return String.join(
                "\n",
                kit.sql
                        .sql("explain select * from " + table
                                + " where r.origin = '' and r.tags @> '{\"team\":\"team-1\"}'")
                        .query(String.class)
                        .list());
    }

    private interface Filters {
        String next();
    }

    private static void measure(String what, int expected, String member, String kind, Filters filters) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < SEARCHES; i++) {
            String filter = filters.next();
            long begun = System.nanoTime();
            Map<String, Object> answer = search(kind, filter, Math.max(100, expected));
            millis.add((System.nanoTime() - begun) / 1e6);
            JsonMapper json = JsonMapper.shared();
            assertThat(json.readTree(json.writeValueAsString(answer))
                            .path(member)
                            .size())
                    .isEqualTo(expected);
        }
        Collections.sort(millis);
        double p95 = millis.get((int) (SEARCHES * 0.95));
        System.out.printf(
                Locale.ROOT,
                "measured %s of %,d with %,d versions, p95: %.1f ms (at most %d ms)%n",
                what,
                MODELS,
                10 * MODELS,
                p95,
                MOST_MILLIS);
        assertThat(p95).isLessThan(MOST_MILLIS);
    }

    private static Map<String, Object> search(String kind, String filter, int most) {
        Parameters parameters = Parameters.ofQuery(
                Map.of("filter", new String[] {filter}, "max_results", new String[] {String.valueOf(most)}));
        MlflowCall call =
                MlflowCall.of("GET", "/api/2.0/mlflow/" + kind + "/search").orElseThrow();
        return reads.answer(call, parameters).orElseThrow();
    }
}
