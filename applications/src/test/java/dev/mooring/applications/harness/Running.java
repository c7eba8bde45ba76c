package dev.mooring.applications.harness;

import dev.mooring.applications.things.Things;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that runs in this JVM, as a test sees it. Thread-safe. */
public final class Running implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private final Kind kind;
    private final ConfigurableApplicationContext context;

    private Running(Kind kind, ConfigurableApplicationContext context) {
        this.kind = kind;
        this.context = context;
    }

    /** Starts it; returns when its start is over, runners included. */
    static Running start(Kind kind, Variant variant, Database database, String... properties) {
        SpringApplication application = Launch.application(kind, variant);
        application.setRegisterShutdownHook(false);
        List<String> more = Stream.concat(database.arguments().stream(), Stream.of(properties))
                .toList();
        return new Running(kind, application.run(Launch.arguments(kind, more)));
    }

    Kind kind() {
        return kind;
    }

    DataSource dataSource() {
        return context.getBean(DataSource.class);
    }

    Things things() {
        return context.getBean(Things.class);
    }

    /** The names that it keeps; over HTTP where it has a web server. */
    public List<String> names() throws IOException, InterruptedException {
        if (!kind.isWeb()) {
            return things().names();
        }
        HttpResponse<String> answer = send(request("/things"));
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return List.of(answer.body().replaceAll("[\\[\\]\"]", "").split(","));
    }

    HttpRequest.Builder request(String path) {
        return request(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class), path);
    }

    static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LONGEST_ANSWER);
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Begins a request; gives its status, or 0 if there is no answer. */
    CompletableFuture<Integer> begin(String path) {
        return CLIENT.sendAsync(request(path).build(), HttpResponse.BodyHandlers.discarding())
                .handle((answer, failed) -> failed == null ? answer.statusCode() : 0);
    }

    @Override
    public void close() {
        context.close();
    }
}
