package dev.mooring.spring.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spring.body.Answer;
import dev.mooring.spring.body.BodyReader;
import dev.mooring.spring.body.Mistakes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service of somebody else that reads bodies and answers pages as ours do, whatever its own Jackson settings are. */
@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = PagedAnswersTest.App.class,
        properties = {
            "server.address=127.0.0.1",
            "mooring.shutdown-drain-delay=0",
            "spring.jackson.property-naming-strategy=UPPER_CAMEL_CASE",
            "spring.jackson.default-property-inclusion=always"
        })
class PagedAnswersTest {
    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void pages_followTheirTokenToTheEnd() throws Exception {
        JsonNode first = get("/orders?limit=2", 200);
        JsonNode last =
                get("/orders?limit=2&page_token=" + first.get("next_page_token").asString(), 200);

        assertThat(first.get("orders")).hasToString("[{\"order_id\":3},{\"order_id\":2}]");
        assertThat(last).hasToString("{\"orders\":[{\"order_id\":1}]}");
    }

    @Test
    void wrongParameters_areNamedTogether() throws Exception {
        JsonNode problem = get("/orders?limit=0&page_token=x", 422);

        assertThat(problem.get("code").asString()).isEqualTo("invalid_request");
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("limit");
        assertThat(problem.at("/errors/1/field").asString()).isEqualTo("page_token");
    }

    @Test
    void wrongFields_areNamedTogether() throws Exception {
        JsonNode problem = post("{\"note\":1,\"nmae\":\"x\"}", 422);

        assertThat(problem.get("errors").valueStream().map(error -> error.get("field")
                        .asString()))
                .containsExactly("nmae", "note", "name");
    }

    @Test
    void body_thatIsNotJson_is400() throws Exception {
        assertThat(post("{", 400).get("code").asString()).isEqualTo("malformed_json");
    }

    @Test
    void rightBody_isAnsweredWithoutItsAbsentMembers() throws Exception {
        assertThat(post("{\"name\":\"a\"}", 200)).hasToString("{\"order_id\":4}");
    }

    private JsonNode get(String path, int status) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).GET().build(), status);
    }

    private JsonNode post(String body, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/orders"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return send(request, status);
    }

    private JsonNode send(HttpRequest request, int status) throws Exception {
        var answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Orders.class)
    static class App {}

    @RestController
    static class Orders {
        private static final PagedList ALL = PagedList.newestFirst("o");

        @GetMapping("/orders")
        OrderList orders(
                @RequestParam(required = false) @Nullable String limit,
                @RequestParam(name = "page_token", required = false) @Nullable String token) {
            Mistakes mistakes = new Mistakes();
            PageRequest request = PageRequest.of(ALL, limit, token, mistakes);
            mistakes.refuseIfAny();
            List<Order> rows = LongStream.of(3, 2, 1)
                    .filter(id -> id < request.below())
                    .limit(request.rows())
                    .mapToObj(id -> new Order(id, null))
                    .toList();
            Page<Order> page = Page.of(rows, request, ALL, order -> String.valueOf(order.orderId()));
            return new OrderList(page.items(), page.nextToken());
        }

        @PostMapping("/orders")
        Order order(@RequestBody(required = false) byte @Nullable [] body) {
            BodyReader reader = BodyReader.of(body, Set.of("name", "note"));
            String note = reader.optional("note", 100);
            reader.required("name", 100);
            reader.mistakes().refuseIfAny();
            return new Order(4, note);
        }
    }

    @Answer
    record Order(long orderId, @Nullable String note) {}

    @Answer
    record OrderList(List<Order> orders, @Nullable String nextPageToken) {}
}
