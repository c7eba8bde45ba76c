package dev.mooring.spring.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.spring.environment.StartFailedException;
import dev.mooring.spring.request.ManagementPaths;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Timeout(60)
class ManagementPortTest {
    private static final int THREADS = 8;
    private static final int MOST_OF_A_CLIENT = 30;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static int management;
    private static ConfigurableApplicationContext app;
    private static int port;

    @BeforeAll
    static void start() {
        management = FreePort.choose();
        app = run(management, 0);
        port = Integer.parseInt(app.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static ConfigurableApplicationContext run(int management, int port) {
        SpringApplication application = new SpringApplication(App.class);
        application.setRegisterShutdownHook(false);
        return application.run(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--mooring.management-port=" + management,
                "--mooring.max-connections-per-client=" + MOST_OF_A_CLIENT,
                "--mooring.shutdown-drain-delay=0",
                "--mooring.request.enabled=true",
                "--server.tomcat.threads.max=" + THREADS,
                "--spring.jmx.enabled=false");
    }

    @Test
    void health_movesToTheManagementPort_andTheApplicationStaysOnItsOwn() throws Exception {
        assertThat(get(management, "/health/live").body()).isEqualTo("{\"status\":\"alive\"}\n");
        assertThat(get(management, "/about").body()).isEqualTo("about");
        assertThat(get(port, "/calls").body()).isEqualTo("called");

        HttpResponse<String> moved = get(port, "/health/live");
        assertThat(moved.statusCode()).isEqualTo(404);
        assertThat(moved.body()).contains("other_port", "MANAGEMENT_PORT").doesNotContain(String.valueOf(management));
        assertThat(get(port, "/%61bout").statusCode()).as("another spelling").isEqualTo(404);
        assertThat(get(port, "/x/../about;v=1").statusCode())
                .as("another spelling")
                .isEqualTo(404);
        assertThat(get(management, "/calls").statusCode()).isEqualTo(404);
        assertThat(get(management, "/nothing").body()).contains("other_port");
    }

    @Test
    void managementPort_answers_whenAllThreadsOfTheOtherPortAreTaken() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < THREADS; i++) {
                waiting.add(send("GET /waits"));
            }
            assertThat(Calls.arrived.tryAcquire(THREADS - 2, 10, TimeUnit.SECONDS))
                    .isTrue();

            assertThat(get(port, "/calls").statusCode()).isEqualTo(503);
            assertThat(get(management, "/about").statusCode()).isEqualTo(200);
            assertThat(get(management, "/health/live").statusCode()).isEqualTo(200);
        } finally {
            Calls.gate.countDown();
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void client_withAsManyConnectionsAsItMay_isRefusedAnotherOne_onThatPort() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            int refused = 0;
            for (int i = 0; i < MOST_OF_A_CLIENT + 5; i++) {
                Socket socket = send("GET /calls");
                open.add(socket);
                refused += isRefused(socket) ? 1 : 0;
            }
            assertThat(refused).isGreaterThanOrEqualTo(5);
            assertThat(get(management, "/health/live").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void managementPort_inUse_isToldByItsName() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Throwable failure = catchThrowable(() -> run(taken.getLocalPort(), 0));

            assertThat(told(failure)).hasValueSatisfying(failed -> assertThat(failed.lines())
                    .containsExactly("MANAGEMENT_PORT is \"" + taken.getLocalPort()
                            + "\", which another process listens on; stop that one or set another port"));
        }
    }

    @Test
    void managementPort_thatIsThePortOfTheService_isRefused() {
        int same = FreePort.choose();

        Throwable failure = catchThrowable(() -> run(same, same));

        assertThat(told(failure)).hasValueSatisfying(failed -> assertThat(failed.lines())
                .containsExactly("MANAGEMENT_PORT is \"" + same + "\", as PORT; set another port"));
    }

    private static Optional<StartFailedException> told(Throwable failure) {
        return FailureClassifier.causes(failure).stream()
                .filter(StartFailedException.class::isInstance)
                .map(StartFailedException.class::cast)
                .findFirst();
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static Socket send(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write((request + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static boolean isRefused(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Calls.class)
    static class App {
        @Bean
        ManagementPaths about() {
            return path -> path.equals("/about");
        }
    }

    @RestController
    static class Calls {
        static final Semaphore arrived = new Semaphore(0);
        static final CountDownLatch gate = new CountDownLatch(1);

        @GetMapping("/about")
        String about() {
            return "about";
        }

        @GetMapping("/calls")
        String calls() {
            return "called";
        }

        @GetMapping("/waits")
        boolean waits() throws InterruptedException {
            arrived.release();
            return gate.await(20, TimeUnit.SECONDS);
        }
    }
}
