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

/** The controller of docs/how-to/spring-boot.md, in an application with Jackson settings of its own. */
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

        assertThat(first.get("orders"))
                .hasToString("[{\"order_id\":3,\"item\":\"book\"},{\"order_id\":2,\"item\":\"book\"}]");
        assertThat(last).hasToString("{\"orders\":[{\"order_id\":1,\"item\":\"book\"}]}");
    }

    @Test
    void emptyParameters_countAsAbsent() throws Exception {
        assertThat(get("/orders?limit=&page_token=", 200).get("orders")).hasSize(3);
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
        JsonNode problem = post("{\"note\":1,\"imte\":\"x\"}", 422);

        assertThat(problem.get("errors").valueStream().map(error -> error.get("field")
                        .asString()))
                .containsExactly("imte", "item", "note");
    }

    @Test
    void body_thatIsNotJson_is400() throws Exception {
        assertThat(post("{", 400).get("code").asString()).isEqualTo("malformed_json");
    }

    @Test
    void rightBody_isAnsweredWithoutItsAbsentMembers() throws Exception {
        assertThat(post("{\"item\":\"pen\"}", 200)).hasToString("{\"order_id\":4,\"item\":\"pen\"}");
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

    // tag::orders
    @RestController
    static class Orders {
        private static final PagedList ALL = PagedList.newestFirst("o"); // keys are numbers

        @GetMapping("/orders")
        OrderList orders(
                @RequestParam(required = false) @Nullable String limit,
                @RequestParam(name = "page_token", required = false) @Nullable String token) {
            Mistakes mistakes = new Mistakes();
            PageRequest request = PageRequest.of(ALL, limit, token, mistakes);
            mistakes.refuseIfAny();
            List<Order> rows = ordersBelow(request.below(), request.rows());
            Page<Order> page = Page.of(rows, request, ALL, order -> String.valueOf(order.orderId()));
            return new OrderList(page.items(), page.nextToken());
        }

        @PostMapping("/orders")
        Order order(@RequestBody(required = false) byte @Nullable [] body) {
            BodyReader reader = BodyReader.of(body, Set.of("item", "note"));
            String item = reader.required("item", 200);
            String note = reader.optional("note", 1_000);
            reader.mistakes().refuseIfAny(); // 422 with one entry in errors for each field
            return new Order(4, item, note);
        }
    }

    @Answer
    record Order(long orderId, String item, @Nullable String note) {}

    @Answer
    record OrderList(List<Order> orders, @Nullable String nextPageToken) {}
    // end::orders

    private static List<Order> ordersBelow(long id, int most) {
        return LongStream.of(3, 2, 1)
                .filter(one -> one < id)
                .limit(most)
                .mapToObj(one -> new Order(one, "book", null))
                .toList();
    }
}
