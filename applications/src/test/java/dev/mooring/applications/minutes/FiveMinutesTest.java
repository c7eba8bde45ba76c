package dev.mooring.applications.minutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what the page says, in its order, and compares what the page shows. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FiveMinutesTest {
    private static final Path PAGE = Path.of("../docs/how-to/five-minutes.md");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern CALL =
            Pattern.compile("(?m)^\\$ curl -s -w ' %\\{http_code}\\\\n' localhost:8080(\\S+)\\n(.*)$");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Duration LONG = Duration.ofSeconds(40);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void stepsOfThePage_onANewProject_workAsItSays(@TempDir Path folder) throws Exception {
        NewProject project = NewProject.in(folder);
        project.addDependency(only("xml"));
        project.addProperties(only("properties"));
        project.addClass(only("java"));
        isWellFormed(project.folder().resolve("pom.xml"));
        isTheStarterOfThisBuild(project.read("pom.xml"));
        project.compile();

        Queue<String> shown = new ArrayDeque<>(fences("console"));
        int port = FreePort.choose();
        try (TestPostgres database = TestPostgres.started()) {
            database.admin().createRole("demo", "demo");
            database.admin().createDatabase("demo", "demo");
            database.stop();
            try (ChildProcess application = application(project, database, port).start()) {
                application.awaitPort(port, LONG);
                awaitReady(port, 503);
                isAnsweredAsShown(shown.remove(), port);
                database.start();
                awaitReady(port, 200);
                isAnsweredAsShown(shown.remove(), port);
                database.stop();
                awaitReady(port, 503);
                isAnsweredAsShown(shown.remove(), port);
                database.start();
                awaitReady(port, 200);
                application.signal(Signal.TERM);
                assertThat(application.awaitExit(LONG))
                        .as(application.toString())
                        .isEqualTo(143);
            }
        }
        assertThat(shown).isEmpty();
    }

    private static ChildProcess.Builder application(NewProject project, TestPostgres database, int port) {
        return ChildProcess.command(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        project.classPath(),
                        "com.example.demo.DemoApplication")
                .cleanEnvironment()
                .environment(Map.of(
                        "SERVER_PORT",
                        String.valueOf(port),
                        "SPRING_DATASOURCE_URL",
                        database.jdbcUrl("demo"),
                        "MOORING_SHUTDOWN_DRAIN_DELAY",
                        "0"))
                .directory(project.folder());
    }

    private static List<String> fences(String language) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher fence = FENCE.matcher(Files.readString(PAGE));
        while (fence.find()) {
            if (fence.group(1).equals(language)) {
                found.add(fence.group(2));
            }
        }
        return found;
    }

    private static String only(String language) throws IOException {
        List<String> found = fences(language);
        assertThat(found).as("%s on %s", language, PAGE).hasSize(1);
        return found.get(0);
    }

    private static void isWellFormed(Path pom) throws Exception {
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(pom.toFile())
                        .getDocumentElement()
                        .getElementsByTagName("dependency")
                        .getLength())
                .isEqualTo(4);
    }

    private static void isTheStarterOfThisBuild(String pom) throws IOException {
        Matcher built = Pattern.compile("<artifactId>mooring-parent</artifactId>\\s*<version>(.+?)</version>")
                .matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(built.find()).isTrue();
        assertThat(pom)
                .containsPattern("<artifactId>mooring-spring-boot-starter</artifactId>\\s*<version>"
                        + Pattern.quote(built.group(1)) + "</version>");
        assertThat(Files.readString(Path.of("../spring/pom.xml")))
                .contains("<artifactId>mooring-spring-boot-starter</artifactId>");
    }

    private void awaitReady(int port, int status) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get(port, "/health/ready").statusCode() == status);
    }

    /**
     * Compares each answer with the page; of a moment only its form. A server that stops says so to the last probes before it is gone, so the
     * answer of the page may come a moment later.
     */
    private void isAnsweredAsShown(String console, int port) throws Exception {
        Matcher call = CALL.matcher(console);
        int calls = 0;
        for (; call.find(); calls++) {
            String path = call.group(1);
            String shown = TIME.matcher(call.group(2)).replaceAll("TIME");
            await().atMost(LONG).untilAsserted(() -> {
                HttpResponse<String> answer = get(port, path);
                String line = answer.body().strip() + " " + answer.statusCode();
                assertThat(TIME.matcher(line).replaceAll("TIME")).as(path).isEqualTo(shown);
            });
        }
        assertThat(calls).isEqualTo((int)
                console.lines().filter(line -> line.startsWith("$")).count());
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
