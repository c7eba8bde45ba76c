package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Examiner;
import dev.mooring.diagnosis.Layer;
import dev.mooring.testing.diagnosis.FaultRow;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import dev.mooring.testing.redis.TestRedis;
import dev.mooring.testing.redis.TestRedisCluster;
import dev.mooring.testing.redis.TestSentinels;
import dev.mooring.testing.tls.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The table of faults of Redis: each row breaks one layer of a real server for real, and the remedy of its check heals it. */
@Timeout(120)
class FaultTableTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final String PASSWORD = "first-marker-pw";

    @TempDir
    private static Path folder;

    private static TestRedis server;
    private static FaultProxy proxy;
    /** The settings of the next examination; the tests of one factory run one after the other. */
    private static final Map<String, String> ENVIRONMENT = new HashMap<>();

    @BeforeAll
    static void start() {
        server = TestRedis.builder()
                .password(PASSWORD)
                .user("few", PASSWORD, "~orders:* -@all +@read +@write +@connection")
                .start();
        proxy = FaultProxy.to(server.host(), server.port());
        reset();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        server.close();
    }

    private static void reset() {
        ENVIRONMENT.clear();
        ENVIRONMENT.put("REDIS_HOST", proxy.host());
        ENVIRONMENT.put("REDIS_PORT", String.valueOf(proxy.port()));
        ENVIRONMENT.put("REDIS_PASSWORD", PASSWORD);
    }

    /** Sets variables without their prefix {@code REDIS_}; an empty value removes one. */
    private static FaultRow.Act set(String... pairs) {
        return () -> {
            reset();
            for (int i = 0; i < pairs.length; i += 2) {
                if (pairs[i + 1].isEmpty()) {
                    ENVIRONMENT.remove("REDIS_" + pairs[i]);
                } else {
                    ENVIRONMENT.put("REDIS_" + pairs[i], pairs[i + 1]);
                }
            }
        };
    }

    private static FaultRow.Act configure(String... pairs) {
        return () -> {
            for (int i = 0; i < pairs.length; i += 2) {
                server.admin().configure(pairs[i], pairs[i + 1]);
            }
        };
    }

    private static Examination examination() {
        return Redis.examination(Rig.settings(ENVIRONMENT), LIMIT);
    }

    private static Stream<DynamicTest> tests(FaultRow... rows) {
        return Stream.of(rows)
                .map(row -> DynamicTest.dynamicTest(row.fault(), () -> row.prove(FaultTableTest::examination, LIMIT)));
    }

    @TestFactory
    Stream<DynamicTest> network_brokenInEachWay_isFoundAndHealed() {
        return tests(
                FaultRow.of(Layer.NAME, "redis-name", set("HOST", "no-such-redis.invalid"), set()),
                FaultRow.of(Layer.TCP, "redis-refused", () -> proxy.inject(Fault.refuse()), () -> proxy.heal()),
                FaultRow.of(Layer.TCP, "redis-reachable", () -> proxy.inject(Fault.blackHole()), () -> proxy.heal()),
                FaultRow.of(Layer.LOG_IN, "redis-answer", () -> server.freeze(), () -> server.thaw()));
    }

    @TestFactory
    Stream<DynamicTest> otherServer_onThePort_isFoundAndHealed() {
        return Stream.of("HTTP/1.1 400 Bad Request\r\n\r\n", "")
                .map(answer -> DynamicTest.dynamicTest(answer.isEmpty() ? "closes" : "speaks HTTP", () -> {
                    try (ServerSocket other = answering(answer)) {
                        FaultRow.of(
                                        Layer.LOG_IN,
                                        answer.isEmpty() ? "redis-hang-up" : "redis-greeting",
                                        set("PORT", String.valueOf(other.getLocalPort())),
                                        set())
                                .prove(FaultTableTest::examination, LIMIT);
                    }
                }));
    }

    private static ServerSocket answering(String answer) throws IOException {
        ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!other.isClosed()) {
                try (Socket client = other.accept()) {
                    client.getInputStream().readNBytes(8);
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException ended) {
                    // The test closes the server, or the client its connection.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return other;
    }

    @TestFactory
    Stream<DynamicTest> logIn_refusedInEachWay_isFoundAndHealed() {
        List<Socket> taken = new ArrayList<>();
        return tests(
                FaultRow.of(Layer.LOG_IN, "redis-password", set("PASSWORD", "wrong"), set("PASSWORD", PASSWORD))
                        .because("rotated", "REDIS_USERNAME"),
                FaultRow.of(Layer.LOG_IN, "redis-password-set", set("PASSWORD", ""), set("PASSWORD", PASSWORD)),
                FaultRow.of(
                        Layer.LOG_IN,
                        "redis-free-connection",
                        () -> {
                            server.admin().configure("maxclients", "3");
                            take(3, taken);
                        },
                        () -> {
                            end(taken);
                            await().ignoreExceptions()
                                    .untilAsserted(() -> server.admin().configure("maxclients", "100"));
                        }),
                FaultRow.of(Layer.LOG_IN, "redis-started", () -> server.restartLoading(), () -> server.finishLoading()),
                FaultRow.of(Layer.DATABASE, "redis-database", set("DATABASE", "50"), set())
                        .because("not below"),
                FaultRow.of(
                        Layer.DATABASE,
                        "redis-cluster-on",
                        set("HOST", "", "PORT", "", "NODES", server.host() + ":" + server.port()),
                        set()));
    }

    private static void take(int count, List<Socket> taken) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket one = new Socket(server.host(), server.port());
            taken.add(one);
            one.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(one.getInputStream().read()).isPositive();
        }
    }

    private static void end(List<Socket> taken) throws IOException {
        for (Socket one : taken) {
            one.close();
        }
        taken.clear();
    }

    @TestFactory
    Stream<DynamicTest> writes_refusedInEachWay_areFoundAndHealed() {
        return tests(
                FaultRow.of(Layer.QUERY, "redis-memory", () -> server.fillMemory(), () -> server.freeMemory()),
                FaultRow.of(
                        Layer.QUERY,
                        "redis-replicas",
                        configure("min-replicas-to-write", "1"),
                        configure("min-replicas-to-write", "0")),
                FaultRow.of(
                        Layer.RIGHTS,
                        "redis-rights",
                        set("USERNAME", "few"),
                        () -> server.setUser("few", PASSWORD, "~* +@all")));
    }

    @TestFactory
    Stream<DynamicTest> settings_thatEndanger_areFoundAndHealed() {
        List<Socket> taken = new ArrayList<>();
        return tests(
                FaultRow.of(
                        Layer.SETTINGS,
                        "redis-eviction",
                        configure("maxmemory", "100000000", "maxmemory-policy", "allkeys-lru"),
                        configure("maxmemory-policy", "noeviction")),
                FaultRow.of(
                        Layer.SETTINGS,
                        "redis-memory-used",
                        () -> {
                            long used = Long.parseLong(
                                    server.admin().info("used_memory").orElseThrow());
                            server.admin().configure("maxmemory", String.valueOf(used * 108 / 100));
                        },
                        configure("maxmemory", "0")),
                FaultRow.of(
                        Layer.SETTINGS,
                        "redis-clients-used",
                        () -> {
                            server.admin().configure("maxclients", "30");
                            take(27, taken);
                        },
                        () -> {
                            end(taken);
                            await().ignoreExceptions()
                                    .untilAsserted(() -> server.admin().configure("maxclients", "100"));
                        }));
    }

    @Test
    void replica_inPlaceOfThePrimary_isFoundAndHealed() throws Throwable {
        try (TestRedis replica = TestRedis.builder().password(PASSWORD).start()) {
            FaultRow.of(
                            Layer.QUERY,
                            "redis-writes",
                            () -> {
                                replica.follow(server);
                                set("PORT", String.valueOf(replica.port())).run();
                            },
                            set())
                    .because("A failover happened")
                    .prove(FaultTableTest::examination, LIMIT);
        }
    }

    @Test
    void server_withoutAnyPassword_isToldApartFromAWrongPassword() throws Throwable {
        try (TestRedis open = TestRedis.builder().start()) {
            FaultRow.of(Layer.LOG_IN, "redis-password", set("PORT", String.valueOf(open.port())), set())
                    .because("no password at all")
                    .prove(FaultTableTest::examination, LIMIT);
        }
    }

    @TestFactory
    Stream<DynamicTest> tls_brokenInEachWay_isFoundAndHealed() throws Exception {
        Authority authority = Authority.in(folder);
        String good = file(authority, "-1d", 90, "dns:localhost,ip:127.0.0.1");
        Path key = Files.writeString(folder.resolve("tls.key"), authority.key());
        TestRedis secure = TestRedis.builder()
                .tls()
                .password(PASSWORD)
                .setting("tls-key-file", key.toString())
                .setting("tls-cert-file", good)
                .start();
        String port = String.valueOf(secure.port());
        String trusted = authority.certificate().toString();
        FaultRow.Act well = () -> {
            secure.admin().configure("tls-cert-file", good);
            set("HOST", "127.0.0.1", "PORT", port, "TLS", "true", "CA_FILE", trusted)
                    .run();
        };
        return tests(
                        FaultRow.of(Layer.TLS, "redis-tls-handshake", set("TLS", "true"), well),
                        FaultRow.of(Layer.LOG_IN, "redis-hang-up", set("HOST", "127.0.0.1", "PORT", port), well)
                                .called("REDIS_TLS is off"),
                        FaultRow.of(
                                Layer.TLS,
                                "redis-tls-authority",
                                set(
                                        "HOST",
                                        "127.0.0.1",
                                        "PORT",
                                        port,
                                        "TLS",
                                        "true",
                                        "CA_FILE",
                                        secure.certificate().toString()),
                                well),
                        presented(secure, authority, "redis-tls-dates", "-60d", 30, "ip:127.0.0.1", well),
                        presented(secure, authority, "redis-tls-name", "-1d", 90, "dns:other.internal", well),
                        presented(secure, authority, "redis-tls-expiry", "-1d", 6, "ip:127.0.0.1", well))
                .onClose(secure::close);
    }

    private static FaultRow presented(
            TestRedis secure,
            Authority authority,
            String code,
            String start,
            int days,
            String names,
            FaultRow.Act remedy) {
        return FaultRow.of(
                Layer.TLS,
                code,
                () -> secure.admin().configure("tls-cert-file", file(authority, start, days, names)),
                remedy);
    }

    private static String file(Authority authority, String start, int days, String names) throws IOException {
        Path made = Files.createTempFile(folder, "server", ".crt");
        return Files.writeString(made, authority.issue(start, days, names)).toString();
    }

    @Test
    void sentinels_thatDoNotKnowThePrimary_areFoundAndHealed() throws Throwable {
        try (TestSentinels sentinels = TestSentinels.started()) {
            String nodes = sentinels.host() + ":" + sentinels.ports().get(0);
            FaultRow.of(
                            Layer.NAME,
                            "redis-sentinel",
                            set("HOST", "", "PORT", "", "PASSWORD", "", "NODES", nodes, "SENTINEL_MASTER", "other"),
                            set(
                                    "HOST",
                                    "",
                                    "PORT",
                                    "",
                                    "PASSWORD",
                                    "",
                                    "NODES",
                                    nodes,
                                    "SENTINEL_MASTER",
                                    TestSentinels.MASTER))
                    .because("REDIS_SENTINEL_MASTER is not the name")
                    .prove(FaultTableTest::examination, LIMIT);
        } finally {
            reset();
        }
    }

    @Tag("long")
    @Test
    void cluster_withoutAPartOfItsKeys_isFoundAndHealed() throws Throwable {
        try (TestRedisCluster cluster = TestRedisCluster.started()) {
            List<TestRedis> nodes = cluster.nodes();
            FaultRow.of(
                            Layer.DATABASE,
                            "redis-cluster",
                            () -> {
                                cluster.killPart("orders");
                                String alive = nodes.stream()
                                        .filter(TestRedis::isRunning)
                                        .map(node -> node.host() + ":" + node.port())
                                        .findFirst()
                                        .orElseThrow();
                                set("HOST", "", "PORT", "", "PASSWORD", "", "NODES", alive)
                                        .run();
                            },
                            () -> cluster.startAll())
                    .because("A primary is down")
                    .prove(FaultTableTest::examination, LIMIT);
        } finally {
            reset();
        }
    }

    @Test
    void wellServer_examined_showsEvidenceOfEachLayer() throws Exception {
        Diagnosis diagnosis = Examiner.examine("redis", false, examination(), Duration.ofSeconds(30));

        assertThat(diagnosis.firstFault()).as(diagnosis.line()).isEmpty();
        assertThat(diagnosis.target()).isEqualTo(proxy.host() + ":" + proxy.port());
        assertThat(diagnosis.line())
                .contains("connected to 127.0.0.1:" + proxy.port())
                .contains("logged in as default")
                .contains("Redis ")
                .doesNotContain(PASSWORD);
    }
}
