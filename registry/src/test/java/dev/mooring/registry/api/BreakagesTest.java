package dev.mooring.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BreakagesTest {
    private static final String BEFORE = """
            {"paths":{"/things/{id}":{
              "get":{"parameters":[{"in":"query","name":"limit","required":false,"schema":{"type":"integer","maximum":100}}],
                     "responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}}}},
              "put":{"requestBody":{"required":true,"content":{"application/octet-stream":{"schema":{}}}}},
              "post":{"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object",
                        "required":["name"],
                        "properties":{"name":{"type":"string","minLength":1,"maxLength":256},
                                      "kind":{"type":"string","enum":["a","b"]}}}}}},
                      "responses":{"201":{"description":"made"}}}}},
             "components":{"schemas":{"Thing":{"type":"object","required":["name","parts"],
               "properties":{"name":{"type":"string"},
                             "parts":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}}}}}}}""";
    private static final String CALLS = "/paths/~1things~1{id}";
    private static final String SENT = CALLS + "/post/requestBody/content/application~1json/schema";
    private static final String GOT = "/components/schemas/Thing";

    @Test
    void sameDescription_breaksNothing() {
        assertThat(after(now -> {})).isEmpty();
    }

    @Test
    void whatIsNewAndOptional_breaksNothing() {
        assertThat(after(now -> {
                    now.withObject("/paths/~1more").putObject("get");
                    now.withObject(SENT + "/properties").putObject("more").put("type", "string");
                    now.withObject(GOT + "/properties").putObject("more").put("type", "string");
                    now.withObject(SENT + "/properties/name")
                            .put("maxLength", 512)
                            .put("minLength", 0);
                    now.withObject(SENT + "/properties/kind").withArray("enum").add("c");
                    now.withObject(CALLS + "/post/responses").putObject("202");
                }))
                .isEmpty();
    }

    @Test
    void bodyOfAnotherMediaType_breaks() {
        assertThat(after(now -> {
                    ObjectNode content = now.withObject(CALLS + "/put/requestBody/content");
                    content.removeAll();
                    content.putObject("application/json").putObject("schema");
                }))
                .containsExactly("PUT /things/{id} no longer takes application/octet-stream");
    }

    @Test
    void callThatIsGone_breaks() {
        assertThat(after(now -> now.withObject(CALLS).remove("get"))).containsExactly("GET /things/{id} is gone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/properties/name      | type      | \"integer\" | name was of type string and is integer",
                "/properties/name      | maxLength | 255         | name has a narrower maxLength",
                "/properties/name      | minLength | 2           | name has a narrower minLength",
                "/properties/kind      | enum      | [\"a\"]     | kind takes fewer values",
                "''                    | required  | [\"name\",\"kind\"] | now needs kind",
                "''                    | additionalProperties | false | no longer takes other members",
            })
    void narrowerBody_breaks(String where, String member, String value, String said) {
        List<String> found = after(now -> now.withObject(SENT + where).set(member, json(value)));

        assertThat(found)
                .singleElement()
                .asString()
                .startsWith("POST /things/{id} body")
                .endsWith(said);
    }

    @Test
    void fieldThatIsNoLongerTaken_breaks() {
        assertThat(after(now -> now.withObject(SENT + "/properties").remove("kind")))
                .containsExactly("POST /things/{id} body no longer takes kind");
    }

    @Test
    void narrowerParameter_breaks() {
        assertThat(after(now -> ((ObjectNode) now.at(CALLS + "/get/parameters/0/schema")).put("maximum", 50)))
                .containsExactly("GET /things/{id} query parameter limit has a narrower maximum");
        assertThat(after(now -> ((ObjectNode) now.at(CALLS + "/get/parameters/0")).put("required", true)))
                .containsExactly("GET /things/{id} now needs the query parameter limit");
        assertThat(after(now -> ((ObjectNode) now.at(CALLS + "/get/parameters/0")).put("name", "size")))
                .containsExactly("GET /things/{id} no longer takes the query parameter limit");
    }

    @Test
    void answerThatSaysLess_breaks() {
        assertThat(after(now -> now.withObject(GOT + "/properties").remove("name")))
                .containsExactly("GET /things/{id} 200 no longer has name");
        assertThat(after(now -> now.withObject(GOT).set("required", json("[\"parts\"]"))))
                .containsExactly("GET /things/{id} 200 may now lack name");
        assertThat(after(now -> now.withObject(GOT + "/properties/parts").put("type", "object")))
                .containsExactly("GET /things/{id} 200.parts was of type array and is object");
        assertThat(after(now -> now.withObject(CALLS + "/post/responses").remove("201")))
                .containsExactly("POST /things/{id} 201 is gone");
    }

    @Test
    void bodyThatComesOrGoes_breaks() {
        assertThat(after(now -> now.withObject(CALLS + "/get").set("requestBody", json("{\"required\":true}"))))
                .containsExactly("GET /things/{id} now needs a body");
        assertThat(after(now -> now.withObject(CALLS + "/post").remove("requestBody")))
                .containsExactly("POST /things/{id} no longer takes a body");
    }

    private static List<String> after(Consumer<ObjectNode> change) {
        ObjectNode now = (ObjectNode) json(BEFORE);
        change.accept(now);
        return Breakages.between(json(BEFORE), now);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
