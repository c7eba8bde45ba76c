package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that open connections, send and read so that the service has to wait for them, with a heap of 512 MB. Five seconds for each attack. */
@Tag("long")
@Tag("alone")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionAttacksServeTest {
    private static final Duration HEALTH = Duration.ofMillis(500);
    private static final int SMALL = 4 * 1024;
    private static final int HEALTH_READERS = 260;
    private static final int SLOW_READERS = 500;
    private static final int MANY = 6_000;
    private static final String BIG = "GET /models/big/versions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + Served.ADMIN_KEY + "\r\n\r\n";

    private static TestPostgres postgres;
    private static Served service;

    @BeforeAll
    static void serve() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("JAVA_TOOL_OPTIONS", "-Xmx512m");
        service = Served.with(variables).awaitReady();
        String tag = "x".repeat(4_000);
        for (int version = 0; version < 60; version++) {
            String body = "{\"name\":\"big\",\"source\":\"s3://models/big\",\"tags\":{\"a\":\"" + tag + "\",\"b\":\""
                    + tag + "\"}}";
            assertThat(service.post("/models/register", body, "Authorization", "Bearer " + Served.ADMIN_KEY)
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    static void end() {
        assertThat(service.stop()).as("exit code").isZero();
        postgres.close();
    }

    @Test
    void health_askedAheadAndNeverRead_holdsNoThread() throws Exception {
        String ahead = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200);
        Siege.of(service, "pipelines", 2, 500, held -> held.send(HEALTH_READERS / 2, SMALL, ahead))
                .healthAnsweredWithin(HEALTH)
                .callsServed(90)
                .leftNoTrace();
    }

    @Test
    void connections_withoutARequest_makeRoomForOthers() throws Exception {
        Siege.of(service, "idle-connections", 2, 2500, held -> held.open(MANY, SMALL))
                .healthAnsweredWithin(HEALTH)
                .callsServed(95)
                .leftNoTrace();
    }

    @Test
    void heads_thatComeByteByByte_makeRoomForOthers() throws Exception {
        Siege.of(service, "slow-heads", 2, 2000, held -> held.send(MANY / 2, SMALL, "GET /"))
                .healthAnsweredWithin(HEALTH)
                .callsServed(95)
                .leftNoTrace();
    }

    @Test
    void body_thatIsOffered_isAskedForOnlyOnceKeyAndSizeAreAccepted() throws Exception {
        String body = "{\"name\":\"offered\",\"source\":\"s3://models/offered\"}";
        String key = "Authorization: Bearer " + Served.ADMIN_KEY + "\r\n";
        assertThat(offer("", body.length(), "")).startsWith("HTTP/1.1 401");
        assertThat(offer(key, 2_000_000, "")).startsWith("HTTP/1.1 413");
        assertThat(offer(key, body.length(), body)).startsWith("HTTP/1.1 100").contains("HTTP/1.1 201");
    }

    private static String offer(String header, int length, String body) throws IOException {
        return RawCall.send(
                service.port(),
                "POST /models/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n" + header + "\r\n"
                        + body);
    }

    @Test
    void bodies_thatDoNotCome_leaveThreadsForOthers() throws Exception {
        String half = "POST /models/register HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Served.ADMIN_KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
        Siege.of(service, "slow-bodies", 2, 250, held -> held.send(SLOW_READERS / 2, SMALL, half))
                .healthAnsweredWithin(HEALTH)
                .callsServed(80)
                .leftNoTrace();
    }

    @Test
    void largeAnswers_neverRead_leaveThreadsForOthers() throws Exception {
        Siege.of(service, "slow-readers", 2, 150, held -> held.send(SLOW_READERS / 2, SMALL, BIG))
                .healthAnsweredWithin(HEALTH)
                .callsServed(50)
                .leftNoTrace();
    }
}
