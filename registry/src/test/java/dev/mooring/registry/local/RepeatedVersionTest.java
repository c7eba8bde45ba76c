package dev.mooring.registry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.registry.models.RegistryKit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A call that makes a version and is sent again because its answer did not arrive makes no second version; one that was answered does. */
@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = LocalApp.class,
        properties = "server.address=127.0.0.1")
class RepeatedVersionTest {
    private static final String BODY = "{\"name\":\"repeated\",\"source\":\"s3://b/k\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private RegistryKit kit;

    private Client client;

    @BeforeEach
    void makeModel() {
        client = new Client(port, "/api/2.0/mlflow");
        client.call("DELETE", "/registered-models/delete", "name", "repeated");
        assertThat(client.call("POST", "/registered-models/create", "name", "repeated")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void equalCalls_thatWereAnswered_areTwoVersions() {
        assertThat(create(client)).isEqualTo("1");
        assertThat(create(client)).isEqualTo("2");
        assertThat(create(new Client(port, "/api/2.0/mlflow"))).isEqualTo("3");
    }

    @Test
    void call_whoseConnectionBreaks_isFoundByItsRepetition() throws IOException {
        for (int round = 0; round < 5; round++) {
            long made = 2L * round + 1;
            try (Socket socket = send()) {
                // A connection that breaks later than a round trip after the answer counts as one whose client read it.
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> versions() == made);
                socket.setSoLinger(true, 0);
            }
            assertThat(create(client)).isEqualTo(String.valueOf(made));
            assertThat(create(client)).isEqualTo(String.valueOf(made + 1));
        }
        assertThat(versions()).isEqualTo(10);
    }

    @Test
    void call_ofAnInstanceThatDiedBeforeItsAnswer_isFoundByItsRepetition() {
        create(client);
        await().until(() -> requests() == 0);
        kit.sql
                .sql("""
                        insert into mooring.version_request (digest, origin, model, version, holder, made_at)
                        values (sha256(convert_to('anonymous', 'UTF8') || '\\x00' || convert_to(:path, 'UTF8') || '\\x00'
                                       || convert_to(:body, 'UTF8')), '', 'repeated', 1, gen_random_uuid(), now() - interval '1 min')""")
                .param("path", "2.0/mlflow/model-versions/create")
                .param("body", BODY)
                .update();

        assertThat(create(client)).isEqualTo("1");
        assertThat(create(client)).isEqualTo("2");
    }

    @Test
    void requests_leaveTheDatabaseSoon() {
        for (int i = 0; i < 20; i++) {
            client.send("POST", "/model-versions/create", BODY.replace("/k", "/" + i));
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> requests() == 0);
        assertThat(versions()).isEqualTo(20);
    }

    @Test
    void equalCalls_ofManyClientsAtOnce_areAllMade() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<List<String>>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Client own = new Client(port, "/api/2.0/mlflow");
            all.add(clients.submit(() -> {
                List<String> made = new ArrayList<>();
                for (int call = 0; call < 10; call++) {
                    made.add(create(own));
                }
                return made;
            }));
        }
        List<String> made = new ArrayList<>();
        for (Future<List<String>> one : all) {
            made.addAll(one.get());
        }
        clients.shutdown();
        assertThat(made).hasSize(40).doesNotHaveDuplicates();
    }

    private static String create(Client client) {
        return client.send("POST", "/model-versions/create", BODY).text("/model_version/version");
    }

    private Socket send() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("POST /api/2.0/mlflow/model-versions/create HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n"
                                + BODY)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private long versions() {
        return count("model_version where model = 'repeated'");
    }

    private long requests() {
        return count("version_request");
    }

    private long count(String rows) {
        return kit.sql
                .sql("select count(*) from mooring." + rows)
                .query(Long.class)
                .single();
    }
}
