package dev.mooring.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.mlflow.MlflowEndpoints;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** MLflow's calls on the local registry, over a real server and a real database. What they answer was compared with MLflow 3.17.2. */
@Timeout(120)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = LocalApp.class,
        properties = "server.address=127.0.0.1")
class LocalMlflowTest {
    private static final String MODELS = "/registered-models/";
    private static final String VERSIONS = "/model-versions/";

    @LocalServerPort
    private int port;

    private Client client;

    @BeforeEach
    void connect() {
        client = new Client(port, "/api/2.0/mlflow");
    }

    @Test
    void model_isMadeReadChangedAndDeleted() {
        Client.Reply made = client.send(
                "POST",
                MODELS + "create",
                "{\"name\":\"life\",\"description\":\"d\",\"tags\":[{\"key\":\"k\",\"value\":\"v\"},{\"key\":\"e\"}]}");
        JsonNode model = made.at("/registered_model");
        assertThat(model.path("creation_timestamp").isIntegralNumber()).isTrue();
        assertThat(model.path("last_updated_timestamp")).isEqualTo(model.path("creation_timestamp"));
        assertThat(made.http().headers().firstValue("Content-Type")).contains("application/json");
        assertThat(model.path("tags").toString())
                .isEqualTo("[{\"key\":\"e\",\"value\":\"\"},{\"key\":\"k\",\"value\":\"v\"}]");
        assertThat(client.call("GET", MODELS + "get", "name", "life").at("/registered_model"))
                .isEqualTo(model);
        assertThat(client.call("POST", MODELS + "create", "name", "life").outcome())
                .isEqualTo("400 RESOURCE_ALREADY_EXISTS");
        assertThat(client.call("PATCH", MODELS + "update", "name", "life")
                        .at("/registered_model/description")
                        .isMissingNode())
                .isTrue();
        assertThat(client.call("POST", MODELS + "set-tag", "name", "life", "key", "k", "value", "w")
                        .outcome())
                .isEqualTo("200");
        assertThat(client.call("DELETE", MODELS + "delete-tag", "name", "life", "key", "e")
                        .outcome())
                .isEqualTo("200");
        assertThat(client.call("POST", MODELS + "rename", "name", "life", "new_name", "life 2")
                        .at("/registered_model/tags")
                        .toString())
                .isEqualTo("[{\"key\":\"k\",\"value\":\"w\"}]");
        assertThat(client.call("DELETE", MODELS + "delete", "name", "life 2")
                        .body()
                        .toString())
                .isEqualTo("{}");
        assertThat(client.call("GET", MODELS + "get", "name", "life 2").outcome())
                .isEqualTo("404 RESOURCE_DOES_NOT_EXIST");
    }

    @Test
    void version_isMadeMovedPromotedAndDeleted() {
        model("v");
        JsonNode first = client.call("POST", VERSIONS + "create", "name", "v", "source", "s3://b/1")
                .at("/model_version");
        assertThat(first.propertyNames())
                .containsExactly(
                        "name",
                        "version",
                        "creation_timestamp",
                        "last_updated_timestamp",
                        "current_stage",
                        "description",
                        "source",
                        "run_id",
                        "status",
                        "run_link");
        assertThat(first.path("version").asString()).isEqualTo("1");
        assertThat(first.path("status").asString()).isEqualTo("READY");
        version("v", "s3://b/2");
        move("v", "1", "Staging", false);
        move("v", "2", "staging", true);
        assertThat(stageOf("v", "1")).isEqualTo("Archived");
        assertThat(stageOf("v", "2")).isEqualTo("Staging");
        client.call("POST", MODELS + "alias", "name", "v", "alias", "champion", "version", "2");
        assertThat(client.call("GET", MODELS + "alias", "name", "v", "alias", "champion")
                        .text("/model_version/version"))
                .isEqualTo("2");
        assertThat(client.call("GET", MODELS + "get", "name", "v")
                        .at("/registered_model/aliases")
                        .toString())
                .isEqualTo("[{\"alias\":\"champion\",\"version\":\"2\"}]");
        assertThat(versionsOf(client.call("POST", MODELS + "get-latest-versions", "name", "v")))
                .containsExactlyInAnyOrder("1", "2");
        assertThat(client.call("DELETE", VERSIONS + "delete", "name", "v", "version", "2")
                        .outcome())
                .isEqualTo("200");
        assertThat(client.call("GET", MODELS + "alias", "name", "v", "alias", "champion")
                        .outcome())
                .isEqualTo("400 INVALID_PARAMETER_VALUE");
        assertThat(client.call("GET", MODELS + "alias", "name", "v", "alias", "latest")
                        .text("/model_version/version"))
                .isEqualTo("1");
        assertThat(version("v", "s3://b/3")).isEqualTo("3");
    }

    @Test
    void registration_andMlflowsCalls_seeOneRegistry() {
        Client rest = new Client(port, "");
        rest.send("POST", "/models/register", "{\"name\":\"one\",\"source\":\"s3://b/1\",\"tags\":{\"by\":\"rest\"}}");
        assertThat(version("one", "s3://b/2")).isEqualTo("2");

        assertThat(client.call("GET", VERSIONS + "get", "name", "one", "version", "1")
                        .text("/model_version/tags/0/value"))
                .isEqualTo("rest");
        JsonNode read = rest.call("GET", "/models/one/versions/2").body();
        assertThat(read.path("source").asString()).isEqualTo("s3://b/2");
        assertThat(read.has("registration_id")).isFalse();
        client.call("POST", MODELS + "rename", "name", "one", "new_name", "two");
        client.call("DELETE", MODELS + "delete", "name", "two");
        assertThat(rest.call("GET", "/models/two").status()).isEqualTo(404);
        assertThat(rest.call("GET", "/models/two/history")
                        .body()
                        .path("entries")
                        .findValuesAsString("action"))
                .containsExactly("deleted", "renamed", "registered", "registered");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3://b/k | 200",
                "S3://b/k | 200",
                "dbfs:/a | 200",
                "wasbs://x@y/z | 200",
                "s3://b/a..b | 200",
                "s3://b/k?x=../y | 200",
                "s3://b | 400",
                "s3://b/ | 400",
                "dbfs:a | 400",
                "s3://b/.. | 400",
                "s3://b/./x | 400",
                "gs://b/a/../b | 400",
                "s3://b/%252e%252e/x | 400",
                "s3://b/k%00 | 400",
                "s3://[/x | 400",
                "/tmp/x | 400",
                "file:///tmp/x | 400",
                "x | 400",
                "http://h/p | 400",
                "hdfs://n/p | 400",
                "mlflow-artifacts:/1/x | 400",
                "runs:/abc/model | 400",
                "models:/m-1 | 400",
                "models:/sources/1/x | 400",
                "models://sources/1 | 400",
                "models:/sources/99 | 404",
                "models:/nobody/1 | 404",
                "models:/sources@nobody | 400",
                "models:/sources/Production | 400",
                "models:/sources/nothing | 400",
                "dummy-source | 400"
            })
    void source_isCheckedAsMlflowDoes(String source, int status) {
        if (client.call("GET", MODELS + "get", "name", "sources").status() == 404) {
            model("sources");
            version("sources", "s3://b/first");
        }
        assertThat(client.call("POST", VERSIONS + "create", "name", "sources", "source", source)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void sourceThatNamesAVersion_leadsToItsFilesAndRun() {
        model("origin");
        client.call("POST", VERSIONS + "create", "name", "origin", "source", "s3://b/files", "run_id", "run1");
        client.call("POST", MODELS + "alias", "name", "origin", "alias", "best", "version", "1");
        model("copy");
        for (String source :
                List.of("models:/origin/1", "models:/origin@best", "models:/origin/latest", "models:/origin/none")) {
            Client.Reply made = client.call("POST", VERSIONS + "create", "name", "copy", "source", source);
            assertThat(made.text("/model_version/source")).isEqualTo("models:/origin/1");
            assertThat(made.text("/model_version/run_id")).isEqualTo("run1");
            String version = made.text("/model_version/version");
            assertThat(client.call("GET", VERSIONS + "get-download-uri", "name", "copy", "version", version)
                            .text("/artifact_uri"))
                    .isEqualTo("s3://b/files");
        }
        assertThat(client.call(
                                "POST",
                                VERSIONS + "create",
                                "name",
                                "copy",
                                "source",
                                "models:/origin/1",
                                "run_id",
                                "run2")
                        .outcome())
                .isEqualTo("400 INVALID_PARAMETER_VALUE");
        assertThat(client.call("POST", VERSIONS + "create", "name", "copy", "source", "runs:/r/m", "run_id", "r")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void prompts_areHiddenUnlessAskedFor() {
        String tags = ",\"tags\":[{\"key\":\"mlflow.prompt.is_prompt\",\"value\":\"true\"}]}";
        client.send("POST", MODELS + "create", "{\"name\":\"greeting\"" + tags);
        client.send("POST", VERSIONS + "create", "{\"name\":\"greeting\",\"source\":\"dummy-source\"" + tags);

        assertThat(names("name = 'greeting'")).isEmpty();
        assertThat(names("name = 'greeting' AND tag.`mlflow.prompt.is_prompt` = 'true'"))
                .containsExactly("greeting");
        assertThat(names("name = 'greeting' AND tag.`mlflow.prompt.is_prompt` != 'true'"))
                .isEmpty();
        assertThat(versionsOf(client.call(
                        "GET",
                        VERSIONS + "search",
                        "filter",
                        "name = 'greeting' AND tag.`mlflow.prompt.is_prompt` = 'true'")))
                .containsExactly("1");
    }

    @Test
    void search_filtersOrdersAndPages() {
        for (String name : List.of("sea-a", "sea-b", "sea-c", "sea-d", "sea%")) {
            client.send(
                    "POST",
                    MODELS + "create",
                    "{\"name\":\"" + name + "\",\"tags\":[{\"key\":\"sea\",\"value\":\""
                            + name.charAt(4 % name.length()) + "\"}]}");
        }
        assertThat(names("name LIKE 'sea-%'")).containsExactly("sea-a", "sea-b", "sea-c", "sea-d");
        assertThat(names("name LIKE 'sea\\%'")).containsExactly("sea%");
        assertThat(names("name ILIKE 'SEA-%' AND tags.sea != 'b'")).containsExactly("sea-a", "sea-c", "sea-d");
        assertThat(names("tags.sea = 'c'")).containsExactly("sea-c");
        assertThat(names("name IN ('sea-a', 'sea-d') AND name NOT IN ('sea-d')"))
                .containsExactly("sea-a");
        Client.Reply page = client.call(
                "GET", MODELS + "search", "filter", "name LIKE 'sea-%'", "max_results", 3, "order_by", "name DESC");
        assertThat(page.at("/registered_models").findValuesAsString("name")).containsExactly("sea-d", "sea-c", "sea-b");
        Client.Reply last = client.call(
                "GET",
                MODELS + "search",
                "filter",
                "name LIKE 'sea-%'",
                "max_results",
                3,
                "order_by",
                "name DESC",
                "page_token",
                page.text("/next_page_token"));
        assertThat(last.at("/registered_models").findValuesAsString("name")).containsExactly("sea-a");
        assertThat(last.body().has("next_page_token")).isFalse();
        assertThat(client.call("GET", MODELS + "search", "filter", "name = 'nothing'")
                        .body()
                        .toString())
                .isEqualTo("{}");
        version("sea-a", "s3://b/1");
        version("sea-b", "s3://b/2");
        assertThat(client.call("GET", VERSIONS + "search", "filter", "name LIKE 'sea-%' AND version_number >= 1")
                        .at("/model_versions")
                        .findValuesAsString("name"))
                .containsExactly("sea-b", "sea-a");
        assertThat(client.call("GET", MODELS + "search", "filter", "name = 'sea-a'")
                        .text("/registered_models/0/latest_versions/0/version"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /registered-models/create | {} | 400 INVALID_PARAMETER_VALUE",
                "POST | /registered-models/create | [] | 400 INVALID_PARAMETER_VALUE",
                "POST | /registered-models/create | {\"name\":5} | 400 INVALID_PARAMETER_VALUE",
                "POST | /registered-models/create | {\"name\":\"a/b\"} | 400 INVALID_PARAMETER_VALUE",
                "POST | /registered-models/create | {\"name\":\"a\\u0000\"} | 400 INVALID_PARAMETER_VALUE",
                "POST | /registered-models/create | {\"name\":\"x\",\"tags\":[{\"key\":\"a/../b\"}]} | 400 INVALID_PARAMETER_VALUE",
                "POST | /registered-models/rename | {\"name\":\"x\"} | 400 INVALID_PARAMETER_VALUE",
                "POST | /registered-models/rename | {\"name\":\"no\",\"new_name\":\"y\"} | 404 RESOURCE_DOES_NOT_EXIST",
                "PATCH | /registered-models/update | {\"name\":\"no\"} | 404 RESOURCE_DOES_NOT_EXIST",
                "DELETE | /registered-models/alias | {\"name\":\"no\",\"alias\":\"a\"} | 404 RESOURCE_DOES_NOT_EXIST",
                "POST | /registered-models/alias | {\"name\":\"no\",\"alias\":\"v1\",\"version\":\"1\"} | 400 INVALID_PARAMETER_VALUE",
                "POST | /model-versions/create | {\"name\":\"no\",\"source\":\"s3://b/k\"} | 404 RESOURCE_DOES_NOT_EXIST",
                "POST | /model-versions/transition-stage | {\"name\":\"no\",\"version\":\"1\",\"stage\":\"x\"} | 400 INVALID_PARAMETER_VALUE",
                "POST | /model-versions/transition-stage | {\"name\":\"no\",\"version\":\"1\",\"stage\":\"None\",\"archive_existing_versions\":true} | 400 INVALID_PARAMETER_VALUE",
                "POST | /model-versions/set-tag | {\"name\":\"no\",\"version\":\"1.0\",\"key\":\"k\"} | 400 INVALID_PARAMETER_VALUE",
                "POST | /model-versions/set-tag | {\"name\":\"no\",\"version\":\"0\",\"key\":\"k\"} | 404 RESOURCE_DOES_NOT_EXIST",
                "DELETE | /model-versions/delete-tag | {\"name\":\"no\",\"version\":\" 1_0 \",\"key\":\"k\"} | 404 RESOURCE_DOES_NOT_EXIST",
                "PATCH | /model-versions/update | {\"name\":\"no\",\"version\":\"1\"} | 404 RESOURCE_DOES_NOT_EXIST",
                "GET | /registered-models/create | | 405 BAD_REQUEST",
                "POST | /registered-models/get/ | | 404 ENDPOINT_NOT_FOUND",
                "GET | /nothing | | 404 ENDPOINT_NOT_FOUND",
                "GET | /registered-models/search?max_results=1001 | | 400 INVALID_PARAMETER_VALUE",
                "GET | /registered-models/search?max_results=x | | 400 INVALID_PARAMETER_VALUE",
                "GET | /model-versions/search?max_results=0 | | 400 INVALID_PARAMETER_VALUE",
                "GET | /model-versions/search?order_by=name&order_by=name | | 400 INVALID_PARAMETER_VALUE",
                "GET | /model-versions/search?page_token=W10= | | 400 INVALID_PARAMETER_VALUE",
                "GET | /registered-models/search?filter=nope | | 400 INVALID_PARAMETER_VALUE",
                "POST | /runs/create | {} | 501 NOT_IMPLEMENTED",
                "GET | /experiments/search | | 501 NOT_IMPLEMENTED",
                "POST | /webhooks | {} | 501 NOT_IMPLEMENTED",
                "POST | /logged-models/search | {} | 501 NOT_IMPLEMENTED"
            })
    void mistake_isRefusedInMlflowsForm(String method, String path, String body, String outcome) {
        Client.Reply reply = client.send(method, path, body == null ? "" : body);

        assertThat(reply.outcome()).as(reply.body().toString()).isEqualTo(outcome);
        assertThat(reply.body().propertyNames()).containsExactly("error_code", "message");
        assertThat(reply.text("/message")).isNotBlank();
        assertThat(reply.http().headers().firstValue("Content-Type")).contains("application/json");
        if (reply.status() == 501) {
            assertThat(reply.text("/message")).contains("MLFLOW_TRACKING_URI");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ajax-api", "/mlflow/api", "/api/mlflow/api", "/mlflow/ajax-api"})
    void everyPrefix_leadsToTheRegistry(String prefix) {
        Client other = new Client(port, prefix + "/2.0/mlflow");

        assertThat(other.call("GET", MODELS + "search", "max_results", 1).status())
                .isEqualTo(200);
        assertThat(other.call("GET", "/nothing").outcome()).isEqualTo("404 ENDPOINT_NOT_FOUND");
    }

    @Test
    void options_andAWrongMethod_getTheMethodsThatThePathTakes() {
        Client.Reply asked = client.send("OPTIONS", MODELS + "get-latest-versions", "");
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.http().headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, POST");

        Client.Reply wrong = client.send("PATCH", MODELS + "get", "{}");
        assertThat(wrong.http().headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(client.send("OPTIONS", "/nothing", "").outcome()).isEqualTo("404 ENDPOINT_NOT_FOUND");
    }

    @Test
    void serverInfo_isAnswered() {
        assertThat(new Client(port, "/api/3.0/mlflow")
                        .call("GET", "/server-info")
                        .at("/workspaces_enabled")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void bodies_inOlderAndOtherForms_areRead() {
        assertThat(client.send("POST", MODELS + "create", "\"{\\\"name\\\":\\\"twice\\\"}\"")
                        .status())
                .isEqualTo(200);
        assertThat(client.send("GET", MODELS + "get", "{\"name\":\"twice\"}").status())
                .isEqualTo(200);
        model("camel");
        assertThat(client.send(
                                "POST",
                                VERSIONS + "create",
                                "{\"name\":\"camel\",\"source\":\"s3://b/k\",\"runId\":\"r\"}")
                        .text("/model_version/run_id"))
                .isEqualTo("r");
        assertThat(client.send(
                                "POST",
                                VERSIONS + "create",
                                "{\"name\":\"camel\",\"source\":\"s3://b/k\",\"runId\":\"r\",\"run_id\":\"r\"}")
                        .outcome())
                .isEqualTo("400 INVALID_PARAMETER_VALUE");
    }

    @Test
    void oversizedBody_andRefusedAddress_areRefusedInMlflowsForm() {
        Client.Reply large = client.send("POST", MODELS + "create", "{\"name\":\"" + "x".repeat(1 << 20) + "\"}");
        assertThat(large.outcome()).isEqualTo("413 BAD_REQUEST");
        assertThat(client.send("GET", MODELS + "get%2Fx", "").outcome()).isEqualTo("400 BAD_REQUEST");
    }

    @Test
    void randomCalls_neverFailByOurFault() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> texts = List.of(
                "a",
                "b",
                "1",
                "2",
                "",
                "é🚢",
                "a/b",
                "x'y",
                "Staging",
                "champ",
                "models:/a/1",
                "s3://b/k",
                "true",
                "'; drop");
        List<String> names = List.of(
                "name",
                "version",
                "key",
                "value",
                "alias",
                "stage",
                "source",
                "new_name",
                "filter",
                "order_by",
                "tags",
                "stages",
                "max_results");
        var endpoints = MlflowEndpoints.ALL.stream()
                .filter(one -> one.resource().contains("registered-models")
                        || one.resource().contains("model-versions"))
                .toList();
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < 1_500; i++) {
            var endpoint = endpoints.get(random.nextInt(endpoints.size()));
            Object[] parameters = new Object[2 * (1 + random.nextInt(4))];
            for (int p = 0; p < parameters.length; p += 2) {
                parameters[p] = p == 0 ? "name" : names.get(random.nextInt(names.size()));
                String text = texts.get(random.nextInt(texts.size()));
                parameters[p + 1] = random.nextInt(8) == 0 ? List.of(Map.of("key", text)) : text;
            }
            Client.Reply reply =
                    client.call(endpoint.method(), endpoint.resource().substring("2.0/mlflow".length()), parameters);
            statuses.merge(reply.status(), 1, Integer::sum);
            assertThat(reply.status()).as("seed %d, %s", seed, reply.body()).isIn(200, 400, 404);
        }
        System.out.println("1,500 random calls of the registry were answered " + statuses);
        assertThat(statuses.keySet()).containsAll(Set.of(200, 400, 404));
    }

    private void model(String name) {
        assertThat(client.call("POST", MODELS + "create", "name", name).status())
                .isEqualTo(200);
    }

    private String version(String name, String source) {
        return client.call("POST", VERSIONS + "create", "name", name, "source", source)
                .text("/model_version/version");
    }

    private void move(String name, String version, String stage, boolean archive) {
        assertThat(client.call(
                                "POST",
                                VERSIONS + "transition-stage",
                                "name",
                                name,
                                "version",
                                version,
                                "stage",
                                stage,
                                "archive_existing_versions",
                                archive)
                        .status())
                .isEqualTo(200);
    }

    private String stageOf(String name, String version) {
        return client.call("GET", VERSIONS + "get", "name", name, "version", version)
                .text("/model_version/current_stage");
    }

    private List<String> names(String filter) {
        return client
                .call("GET", MODELS + "search", "filter", filter)
                .at("/registered_models")
                .findValuesAsString("name")
                .stream()
                .distinct()
                .toList();
    }

    private static List<String> versionsOf(Client.Reply reply) {
        return StreamSupport.stream(reply.at("/model_versions").spliterator(), false)
                .map(version -> version.path("version").asString())
                .toList();
    }
}
