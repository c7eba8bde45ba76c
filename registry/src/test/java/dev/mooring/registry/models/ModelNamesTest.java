package dev.mooring.registry.models;

import static dev.mooring.registry.models.ModelCallsTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Which names a model may have, over a real server and a real database. */
@Timeout(120)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = ModelCallsTest.App.class,
        properties = "server.address=127.0.0.1")
class ModelNamesTest {
    @LocalServerPort
    private int port;

    private Http http;

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "مرحبا\u202Eabc",
                "👩\u200D👧",
                "churn\u200B",
                "churn\u00A0",
                "\u3000churn",
                "chu\u00ADrn",
                "churn\uFE0F",
                "churn\u2800",
                "churn\u3164",
                "churn\u2028",
                "churn\u0085",
                "churn\uE000",
                "churn\uFFFF",
                "churn\uDB40\uDC41",
                "e\u0301",
                "\u212B"
            })
    void name_thatPeopleCannotTellFromAnother_isRefused(String name) {
        JsonNode problem =
                isProblem(http.register(Http.text(Map.of("name", name, "source", "s3://b/s"))), 422, "invalid_request");
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "v1.0",
                "100%",
                "50%2F50",
                "a;b=c",
                "a?b#c",
                "a+b&c",
                "ранжирование",
                "模型",
                "שלום עולם",
                "🚢👩",
                "é",
                "register",
                "'; drop table mooring.model; --",
                "<script>alert(1)<script>",
                "{\"json\",true}",
                "\"quoted\"",
                "nul"
            })
    void oddName_isKeptAndFoundByItsPath(String name) {
        HttpResponse<String> made = http.register(Http.text(Map.of("name", name, "source", "s3://b/s")));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(Http.json(made).path("name").asString()).isEqualTo(name);
        HttpResponse<String> read = http.get("/models/" + Http.segment(name));
        assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
        assertThat(Http.json(read).path("name").asString()).isEqualTo(name);
        assertThat(http.get("/models/" + Http.segment(name) + "/versions/1").statusCode())
                .isEqualTo(200);
        assertThat(http.put("/models/" + Http.segment(name) + "/aliases/a", "{\"version\":\"1\"}")
                        .statusCode())
                .isEqualTo(200);
        JsonNode listed = Http.json(http.get("/models?prefix=" + Http.segment(name)));
        assertThat(listed.at("/models/0/name").asString()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a:b",
                "a\\b",
                ".",
                "..",
                "...",
                "..a",
                " a",
                "a\u00A0 ",
                "a\u0000b",
                "a\u0085b",
                "a\rb",
                "\t"
            })
    void nameThatNoPathCarries_isRefused(String name) {
        JsonNode problem =
                isProblem(http.register(Http.text(Map.of("name", name, "source", "s3://b/s"))), 422, "invalid_request");
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("name");
    }

    @Test
    void nameOfAThousandCharacters_isRefusedAndNotFound() {
        String name = "n".repeat(1_000);

        isProblem(http.register(Http.text(Map.of("name", name, "source", "s3://b/s"))), 422, "invalid_request");
        isProblem(http.get("/models/" + name), 404, "model_not_found");
        isProblem(http.get("/models?prefix=" + name), 422, "invalid_request");
    }
}
