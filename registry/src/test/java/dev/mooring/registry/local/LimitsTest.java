package dev.mooring.registry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.registry.models.RegistryKit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What clients can make many or long of is bounded, and the refusal says by how much. */
@Timeout(120)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = LocalApp.class,
        properties = "server.address=127.0.0.1")
class LimitsTest {
    private static final String MODELS = "/api/2.0/mlflow/registered-models/";
    private static final String VERSIONS = "/api/2.0/mlflow/model-versions/";

    @LocalServerPort
    private int port;

    @Autowired
    private RegistryKit kit;

    private Client client;

    @BeforeEach
    void connect() {
        client = new Client(port, "");
    }

    private void version(String name) {
        client.call("POST", MODELS + "create", "name", name);
        Client.Reply made = client.call("POST", VERSIONS + "create", "name", name, "source", "s3://b/p");
        assertThat(made.outcome()).isEqualTo("200");
    }

    @Test
    void aliases_ofAModel_areAtMostAThousand_andThoseThatThereAreCanBeMovedAndRemoved() {
        version("aliased");
        kit.sql.sql("""
                        insert into mooring.model_alias (origin, model, alias, version)
                        select '', 'aliased', 'a' || i, 1 from generate_series(1, 1000) as i""").update();

        Client.Reply refused = client.call("PUT", "/models/aliased/aliases/one-more", "version", "1");
        assertThat(refused.outcome()).startsWith("422");
        assertThat(refused.text("/code")).isEqualTo("too_many_aliases");
        assertThat(refused.text("/detail")).contains("1000");
        Client.Reply inMlflowsForm =
                client.call("POST", MODELS + "alias", "name", "aliased", "alias", "one-more", "version", "1");
        assertThat(inMlflowsForm.outcome()).isEqualTo("400 INVALID_PARAMETER_VALUE");
        assertThat(client.call("PUT", "/models/aliased/aliases/absent", "version", "7")
                        .outcome())
                .startsWith("404");

        assertThat(client.call("PUT", "/models/aliased/aliases/a7", "version", "1")
                        .status())
                .isEqualTo(200);
        version("aliased");
        assertThat(client.call("PUT", "/models/aliased/aliases/a7", "version", "2")
                        .status())
                .isEqualTo(200);
        assertThat(client.call("DELETE", MODELS + "alias", "name", "aliased", "alias", "a8")
                        .outcome())
                .isEqualTo("200");
        assertThat(client.call("PUT", "/models/aliased/aliases/one-more", "version", "1")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tags_ofAModelAndOfAVersion_areAtMostAThousandAndAMegabyte() {
        version("tagged");
        for (String table : List.of("model set tags", "model_version set tags")) {
            kit.sql
                    .sql("update mooring." + table
                            + " = (select jsonb_object_agg('k' || i, 'v') from generate_series(1, 1000) as i)"
                            + " where " + (table.startsWith("model ") ? "name" : "model") + " = 'tagged'")
                    .update();
        }
        for (String path : List.of(MODELS, VERSIONS)) {
            Client.Reply refused = tag(path, "more", "v");
            assertThat(refused.outcome()).isEqualTo("400 INVALID_PARAMETER_VALUE");
            assertThat(refused.text("/message")).contains("1000 tags", "1000000 bytes");
            assertThat(tag(path, "k1", "w").outcome()).isEqualTo("200");
            assertThat(client.call("DELETE", path + "delete-tag", "name", "tagged", "version", "1", "key", "k2")
                            .outcome())
                    .isEqualTo("200");
            assertThat(tag(path, "more", "v").outcome()).isEqualTo("200");
        }

        String text = "x".repeat(99_000);
        List<String> outcomes = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            outcomes.add(tag(VERSIONS, "k" + (10 + i), text).outcome());
        }
        assertThat(outcomes.subList(0, 9)).containsOnly("200");
        assertThat(outcomes.get(11)).isEqualTo("400 INVALID_PARAMETER_VALUE");
        assertThat(tag(VERSIONS, "k11", "short").outcome()).isEqualTo("200");
    }

    private Client.Reply tag(String path, String key, String value) {
        return client.call("POST", path + "set-tag", "name", "tagged", "version", "1", "key", key, "value", value);
    }

    /** Each change looks for its row, finds none, and waits until the row is there. */
    @Test
    void tagAndAlias_ofWhatIsMadeMeanwhile_areSet_andReachNoLimit() throws SQLException {
        version("meanwhile");
        kit.sql.sql("""
                        create function wait_for_test() returns trigger language plpgsql as
                        'begin perform pg_advisory_xact_lock(1); return null; end'""").update();
        assertSetMeanwhile(
                "insert on mooring.model_alias",
                () -> version("meanwhile"),
                () -> client.call("POST", MODELS + "alias", "name", "meanwhile", "alias", "a", "version", "2"));
        assertSetMeanwhile(
                "update on mooring.model_version",
                () -> version("meanwhile"),
                () -> client.call(
                        "POST", VERSIONS + "set-tag", "name", "meanwhile", "version", "3", "key", "k", "value", "v"));
        assertSetMeanwhile(
                "update on mooring.model",
                () -> client.call("POST", MODELS + "create", "name", "meanwhile 2"),
                () -> client.call("POST", MODELS + "set-tag", "name", "meanwhile 2", "key", "k", "value", "v"));

        assertThat(client.call("GET", MODELS + "alias", "name", "meanwhile", "alias", "a")
                        .text("/model_version/version"))
                .isEqualTo("2");
        assertThat(client.call("GET", VERSIONS + "get", "name", "meanwhile", "version", "3")
                        .at("/model_version/tags/0/value")
                        .asString())
                .isEqualTo("v");
    }

    private void assertSetMeanwhile(String change, Runnable making, Supplier<Client.Reply> setting)
            throws SQLException {
        kit.sql
                .sql("create trigger waits before " + change + " for each statement execute function wait_for_test()")
                .update();
        CompletableFuture<Client.Reply> set;
        try (Connection holder = kit.pool.getConnection();
                Statement lock = holder.createStatement()) {
            lock.execute("select pg_advisory_lock(1)");
            set = CompletableFuture.supplyAsync(setting);
            await().until(() -> kit.sql
                    .sql("select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                    .query(Boolean.class)
                    .single());
            making.run();
            lock.execute("select pg_advisory_unlock(1)");
        }
        assertThat(set.join().outcome()).as(change).isEqualTo("200");
        kit.sql
                .sql("drop trigger waits on " + change.substring(change.lastIndexOf(' ') + 1))
                .update();
    }

    @Test
    void filter_withTheRunsOfAnExperiment_isTakenInTheAddress() {
        String runs = Stream.generate(() -> "'0123456789abcdef0123456789abcdef'")
                .limit(500)
                .collect(Collectors.joining(", "));
        assertThat(client.call("GET", VERSIONS + "search", "filter", "run_id IN (" + runs + ")")
                        .outcome())
                .isEqualTo("200");
    }

    @Test
    void tags_ofANewModel_areBoundedToo() {
        StringBuilder tags = new StringBuilder("{\"key\":\"k\",\"value\":\"v\"}");
        for (int i = 0; i < 1_000; i++) {
            tags.append(",{\"key\":\"k").append(i).append("\",\"value\":\"v\"}");
        }
        Client.Reply refused =
                client.send("POST", MODELS + "create", "{\"name\":\"new-tags\",\"tags\":[" + tags + "]}");
        assertThat(refused.outcome()).isEqualTo("400 INVALID_PARAMETER_VALUE");
        assertThat(refused.text("/message")).contains("1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " x",
                "x ",
                "x\u00A0",
                "\u3000x",
                "x\u200B",
                "x\u202Ey",
                "x\u2028",
                "x\ny",
                "x\uFE0F",
                "e\u0301",
                "x\uE000"
            })
    void name_thatPeopleCannotTellFromAnother_isNotGiven_butIsReadWhereItExists(String name) {
        assertThat(client.call("POST", MODELS + "create", "name", name).outcome())
                .isEqualTo("400 INVALID_PARAMETER_VALUE");
        client.call("POST", MODELS + "create", "name", "to-rename");
        assertThat(client.call("POST", MODELS + "rename", "name", "to-rename", "new_name", name)
                        .outcome())
                .isEqualTo("400 INVALID_PARAMETER_VALUE");

        kit.sql
                .sql("insert into mooring.model (origin, name) values ('', :name)")
                .param("name", name)
                .update();
        assertThat(client.call("GET", MODELS + "get", "name", name).text("/registered_model/name"))
                .isEqualTo(name);
        assertThat(client.call("POST", VERSIONS + "create", "name", name, "source", "s3://b/p")
                        .outcome())
                .isEqualTo("200");
        assertThat(client.call("DELETE", MODELS + "delete", "name", name).outcome())
                .isEqualTo("200");
    }

    @Test
    void alias_thatPeopleCannotSee_isNotSet_butIsReadAndRemovedWhereItExists() {
        version("hidden");
        String alias = "x\u3164";
        assertThat(client.call("POST", MODELS + "alias", "name", "hidden", "alias", alias, "version", "1")
                        .outcome())
                .isEqualTo("400 INVALID_PARAMETER_VALUE");
        kit.sql
                .sql("insert into mooring.model_alias (origin, model, alias, version) values ('', 'hidden', :alias, 1)")
                .param("alias", alias)
                .update();
        assertThat(client.call("GET", MODELS + "alias", "name", "hidden", "alias", alias)
                        .outcome())
                .isEqualTo("200");
        assertThat(client.call("DELETE", MODELS + "alias", "name", "hidden", "alias", alias)
                        .outcome())
                .isEqualTo("200");
    }

    /** Each took minutes, or ended the request's thread with its stack, before. */
    @Test
    void text_thatTakesLongToRead_isRefusedAtOnce() {
        version("slow");
        List<Object[]> calls = List.of(
                new Object[] {
                    "POST", VERSIONS + "create", "name", "slow", "source", "s3://b/%" + "25".repeat(300_000) + "41"
                },
                new Object[] {"POST", MODELS + "alias", "name", "slow", "alias", "a", "version", "9".repeat(900_000)},
                new Object[] {
                    "POST", MODELS + "alias", "name", "slow", "alias", "a", "version", "1" + "_1".repeat(400_000)
                },
                new Object[] {"DELETE", VERSIONS + "delete", "name", "slow", "version", "9".repeat(900_000)});
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (Object[] call : calls) {
                Object[] parameters = java.util.Arrays.copyOfRange(call, 2, call.length);
                Client.Reply refused = client.call((String) call[0], (String) call[1], parameters);
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.text("/message").length()).isLessThan(1_100);
            }
        });
    }

    @Test
    void filter_thatIsTooLong_isRefused() {
        String filter = "name = 'a' AND ".repeat(2_000) + "name = 'a'";
        Client.Reply refused = client.send("GET", MODELS + "search", "{\"filter\":\"" + filter + "\"}");
        assertThat(refused.outcome()).isEqualTo("400 INVALID_PARAMETER_VALUE");
        assertThat(refused.text("/message")).contains("20000");
        String inTime = "name = 'a' AND ".repeat(1_300) + "name = 'a'";
        assertThat(client.send("GET", MODELS + "search", "{\"filter\":\"" + inTime + "\"}")
                        .outcome())
                .isEqualTo("200");
    }

    @Test
    void search_whoseModelsAndVersionsAreLarge_comesInPagesThatAreNot_andLeavesNoneOut() {
        for (int i = 0; i < 12; i++) {
            version("large-" + (char) ('a' + i));
        }
        kit.sql.sql("""
                        update mooring.model_version set tags = jsonb_build_object('t', repeat('x', 900000))
                        where model like 'large-%'""").update();

        assertThat(pages(MODELS + "search", "registered_models")).containsExactly(2, 2, 2, 2, 2, 2);
        assertThat(pages(VERSIONS + "search", "model_versions")).containsExactly(5, 5, 2);
    }

    /** How many entries each page has. */
    private List<Integer> pages(String path, String member) {
        List<Integer> sizes = new ArrayList<>();
        String token = "";
        do {
            Client.Reply page = client.call("GET", path, "filter", "name LIKE 'large-%'", "page_token", token);
            assertThat(page.http().body().length()).isLessThan(6_000_000);
            sizes.add(page.at("/" + member).size());
            token = page.text("/next_page_token");
        } while (!token.isEmpty());
        return sizes;
    }
}
