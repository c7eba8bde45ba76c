package dev.mooring.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.mlflow.SourceRules;
import dev.mooring.registry.mlflow.TagKeyRules;
import dev.mooring.registry.mlflow.search.Filter;
import dev.mooring.registry.mlflow.search.Order;
import dev.mooring.registry.mlflow.search.PageToken;
import dev.mooring.registry.mlflow.search.SearchException;
import dev.mooring.registry.mlflow.search.Subject;
import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.ModelName;
import dev.mooring.testing.fuzz.Draw;
import dev.mooring.testing.fuzz.Fuzz;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a client sends in MLflow's form is read, or refused with a message for people, in time that does not grow with tricks. */
@Timeout(120)
class RegistryFuzzTest {
    private static final String CREATE = """
            {"name":"a","source":"s3://b/p","run_id":null,"tags":[{"key":"k","value":"v"}],"version":"1","stage":"Staging",
             "alias":"champion","max_results":"5","archive_existing_versions":true,"order_by":["name ASC"]}""";

    @Test
    void parameters_whateverTheBodyIs_areReadOrRefused() {
        Fuzz.rounds(10_000, draw -> {
            byte[] body = draw.bytes(CREATE, "\"{\\\"name\\\":\\\"a\\\"}\"", "null", "[]");
            readOrRefused(() -> read(Parameters.ofBody(body)));
            readOrRefused(() -> read(Parameters.ofQuery(Map.of(
                    "name", new String[] {draw.like("a")},
                    "version", new String[] {draw.like("1", "01", "1_0")},
                    "max_results", new String[] {draw.like("100")},
                    "key", new String[] {draw.like("team", "a/b")},
                    "alias", new String[] {draw.like("champion")}))));
        });
    }

    private static void read(Parameters parameters) {
        each(
                () -> Given.newModel(parameters, "name"),
                () -> Given.anyModel(parameters, "name"),
                () -> Given.version(parameters),
                () -> Given.description(parameters),
                () -> Given.key(parameters),
                () -> Given.value(parameters, 5_000),
                () -> Given.tags(parameters, 100),
                () -> Given.newAlias(parameters),
                () -> Given.stage(parameters.textOrEmpty("stage")),
                () -> parameters.whole("max_results"),
                () -> parameters.flag("archive_existing_versions"),
                () -> parameters.texts("order_by"));
    }

    private static void each(Runnable... all) {
        List.of(all).forEach(RegistryFuzzTest::readOrRefused);
    }

    private static void readOrRefused(Runnable reading) {
        try {
            reading.run();
        } catch (MlflowException refused) {
            assertThat(refused.error().status()).isEqualTo(400);
            assertThat(refused.error().message()).isNotBlank();
            assertThat(refused.error().message().length()).isLessThan(2_100);
        }
    }

    @Test
    void search_whateverItAsksFor_isUnderstoodOrRefused() {
        Fuzz.rounds(20_000, draw -> {
            Subject subject = draw.of(Subject.values());
            String filter = draw.like(
                    "name LIKE 'churn%' AND tags.team = 'growth'",
                    "name IN ('a', 'b') and tags.`a b` != \"x\"", "version_number >= 3 AND run_id = 'r'");
            understoodOrRefused(() -> {
                var conditions = Conditions.of(Filter.parse(filter, subject), Ordering.name(subject));
                conditions.forEach(
                        condition -> assertThat(condition.sql()).matches("[a-z_(). ,:@>?=<!'\\d{}\"|A-Zk-]*"));
            });
            understoodOrRefused(() -> {
                String order = Ordering.sql(
                        Order.parse(List.of(draw.like("name ASC", "last_updated_timestamp DESC")), subject), subject);
                assertThat(order).matches("[a-z_. ,()']+");
            });
            understoodOrRefused(() ->
                    assertThat(PageToken.offset(draw.like(PageToken.of(7)))).isBetween(0L, 999_999_999L));
        });
    }

    private static void understoodOrRefused(Runnable reading) {
        try {
            reading.run();
        } catch (SearchException | MlflowException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Test
    void source_whateverItIs_isTakenOrRefused() {
        Fuzz.rounds(20_000, draw -> {
            String source = draw.like(
                    "s3://bucket/path",
                    "runs:/r1/m",
                    "models:/churn/3",
                    "mlflow-artifacts:/1/m",
                    "file:///m",
                    "a/%2e%2e/b");
            if (source.length() <= 1_000) {
                SourceUri.of(source);
                boolean absolute = SourceUri.isAbsolute(source);
                String objection = SourceRules.objectionTo(source, draw.onceIn(2) ? null : "r1");
                if (source.contains("/../")) {
                    assertThat(absolute).isFalse();
                    assertThat(objection).isNotNull();
                }
            }
        });
    }

    @Test
    void names_thatAreTaken_canBeToldApart() {
        Fuzz.rounds(20_000, draw -> {
            String name = draw.like("churn model", "preis_ä", "模型 2");
            if (ModelName.objectionTo(name) == null) {
                assertThat(new ModelName(name).value()).isEqualTo(name).isEqualTo(name.strip());
                assertThat(Normalizer.normalize(name, Normalizer.Form.NFC)).isEqualTo(name);
                assertThat(name)
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}\u00a0\u3000\u2800/:\\\\]");
            }
            String alias = draw.like("champion", "v1", "latest");
            if (Alias.objectionToNew(alias) == null) {
                assertThat(new Alias(alias).value()).matches("[\\p{L}\\p{N}_-]{1,255}");
            }
            TagKeyRules.objectionTo(draw.like("team", "a/b"));
        });
    }

    @Test
    void path_whateverItIs_belongsToMlflowOrNot() {
        Fuzz.rounds(20_000, draw -> {
            String path = draw.like(
                    "/api/2.0/mlflow/registered-models/get",
                    "/mlflow/ajax-api/2.0/mlflow/a",
                    "/api/mlflow/api/3.0/mlflow/b");
            MlflowCall.of(draw.of("GET", "POST", "TRACE", draw.text()), path).ifPresent(call -> {
                assertThat(path).endsWith(call.path().rest());
                assertThat(call.effect()).isNotNull();
                assertThat(call.area()).isNotNull();
            });
        });
    }

    @Test
    void seed_repeatsItsDraws() {
        String[] texts = new String[2];
        for (int i = 0; i < 2; i++) {
            int at = i;
            texts[i] = "";
            System.setProperty("mooring.fuzz.seed", "42");
            try {
                Fuzz.rounds(5, (Draw draw) -> texts[at] = draw.like(CREATE) + draw.number(1_000));
            } finally {
                System.clearProperty("mooring.fuzz.seed");
            }
        }
        assertThat(texts[0]).isEqualTo(texts[1]).isNotEmpty();
    }
}
