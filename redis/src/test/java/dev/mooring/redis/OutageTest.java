package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.redis.TestRedis;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** One server and one client of it, which each test breaks in another way and finds again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class OutageTest {
    private TestRedis server;
    private Rig rig;

    @BeforeAll
    void start() {
        server = TestRedis.started();
        rig = Rig.of(server);
    }

    @AfterAll
    void end() {
        rig.close();
        server.close();
    }

    @BeforeEach
    void isUp() {
        rig.await(Status.UP);
    }

    @Test
    void killedServer_isRefusedAtOnce_andFoundAgainWithWhatItHad() throws Exception {
        assertThat(rig.set("kept", "yes")).isEqualTo("OK");
        server.kill();
        // Before the breaker knows: Lettuce refuses instead of queueing.
        long began = System.nanoTime();
        assertThatThrownBy(() -> rig.set("kept", "no")).isInstanceOf(RuntimeException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        rig.awaitDown(FailureKind.CONNECTION_REFUSED);
        assertThat(rig.health().lastFailure().orElseThrow().message())
                .isEqualTo("Unable to connect to 127.0.0.1:" + server.port() + ": Connection refused");
        assertRefused();
        server.start();
        rig.await(Status.UP);
        assertThat(rig.redis.call(commands -> commands.get("kept")).get()).isEqualTo("yes");
    }

    @Test
    void frozenServer_costsACallItsTimeout_andIsDownAfterTheSilence() throws Exception {
        server.freeze();
        try {
            long began = System.nanoTime();
            assertThatThrownBy(() -> rig.set("a", "b"))
                    .isInstanceOf(RedisException.class)
                    .satisfies(late ->
                            assertThat(RedisFailures.INSTANCE.classify(late)).contains(FailureKind.RESPONSE_TIMEOUT));
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(400), Duration.ofSeconds(2));
            rig.awaitDown(FailureKind.RESPONSE_TIMEOUT);
            assertRefused();
            // Each probe opens a connection that gets no answer; it must not stay open.
            await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(5)).until(() -> connections() < 25);
        } finally {
            server.thaw();
        }
        rig.await(Status.UP);
        assertThat(rig.set("a", "c")).isEqualTo("OK");
    }

    /** Established connections of this machine to the server. */
    private long connections() throws IOException {
        String to = String.format(":%04X", server.port());
        return Files.readAllLines(Path.of("/proc/net/tcp")).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 3 && fields[2].endsWith(to) && fields[3].equals("01"))
                .count();
    }

    @Test
    void commandsBeyondTheQueue_areRefusedAtOnce_andSayNothingAgainstRedis() throws Exception {
        try (Rig patient = Rig.of(Map.of("REDIS_URL", server.url(), "REDIS_COMMAND_TIMEOUT", "10"))
                .whenUp()) {
            assertThat(patient.set("a", "b")).isEqualTo("OK");
            server.freeze();
            assertThatThrownBy(() -> patient.redis
                            .call(commands -> {
                                for (int command = 0; command < 20_000; command++) {
                                    var unused = commands.incr("counted");
                                }
                                return commands.ping();
                            })
                            .get())
                    .hasMessageContaining("size exceeded: 10000")
                    .satisfies(own ->
                            assertThat(RedisFailures.INSTANCE.classify(own)).isEmpty());
        } finally {
            server.thaw();
        }
    }

    private void assertRefused() {
        long began = System.nanoTime();
        for (int call = 0; call < 100; call++) {
            assertThatThrownBy(() -> rig.set("a", "b")).isInstanceOf(DependencyUnavailableException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void fullServer_isDegraded_servesReads_andIsUpWhenMemoryIsFree() throws Exception {
        rig.set("read", "me");
        server.fillMemory();
        rig.awaitFinding(FailureKind.OUT_OF_MEMORY);
        assertThatThrownBy(() -> rig.set("a", "b")).hasMessageStartingWith("OOM");
        assertThat(rig.redis.call(commands -> commands.get("read")).get()).isEqualTo("me");
        assertThat(rig.health().findings().toString()).contains("maxmemory");
        server.freeMemory();
        rig.await(Status.UP);
    }

    @Test
    void serverWithoutEnoughReplicas_isDegraded() {
        server.admin().configure("min-replicas-to-write", "1");
        rig.awaitFinding(FailureKind.READ_ONLY);
        server.admin().configure("min-replicas-to-write", "0");
        rig.await(Status.UP);
    }

    @Test
    void primaryThatBecameAReplica_isDegraded_untilItIsPromoted() throws Exception {
        try (TestRedis primary = TestRedis.started()) {
            server.follow(primary);
            rig.awaitFinding(FailureKind.READ_ONLY);
            assertThatThrownBy(() -> rig.set("a", "b")).hasMessageStartingWith("READONLY");
            server.admin().configure("replica-read-only", "no");
            rig.awaitFinding(FailureKind.READ_ONLY);
            server.admin().configure("replica-read-only", "yes");
            server.admin().configure("replica-serve-stale-data", "no");
            primary.kill();
            rig.awaitDown(FailureKind.READ_ONLY);
            server.admin().configure("replica-serve-stale-data", "yes");
            server.promote();
        }
        rig.await(Status.UP);
        assertThat(rig.set("a", "b")).isEqualTo("OK");
    }

    @Test
    void loadingServer_isDown_untilItHasItsData() throws Exception {
        server.restartLoading();
        rig.awaitDown(FailureKind.STARTING_UP);
        server.finishLoading();
        rig.await(Status.UP);
        assertThat(rig.set("a", "b")).isEqualTo("OK");
    }

    @Test
    void commandThatBlocks_delaysNoCall_andWaitsLongerThanACommand() throws Exception {
        try (RedisSession session = rig.redis.session(Duration.ofSeconds(1))) {
            CompletableFuture<String> popped = CompletableFuture.supplyAsync(
                    () -> session.ask(redis -> redis.blpop(10, "list"), Duration.ofSeconds(11))
                            .getValue());
            await().until(() ->
                    server.admin().info("blocked_clients").orElse("").equals("1"));
            await().during(Duration.ofMillis(700)).until(() -> !popped.isDone());
            assertThat(rig.set("a", "b")).isEqualTo("OK");
            rig.redis.call(commands -> commands.rpush("list", "x")).get();
            assertThat(popped.get()).isEqualTo("x");
        }
    }

    @Test
    void session_isReusedAfterItsEnd_andReplacedAfterAnOutage() {
        try (RedisSession first = rig.redis.session(Duration.ZERO)) {
            assertThat(first.<String>ask(redis -> redis.ping(), Duration.ofSeconds(1)))
                    .isEqualTo("PONG");
        }
        String before = server.admin().text("CLIENT", "LIST");
        try (RedisSession again = rig.redis.session(Duration.ZERO)) {
            assertThat(again.<String>ask(redis -> redis.ping(), Duration.ofSeconds(1)))
                    .isEqualTo("PONG");
        }
        assertThat(clients(server.admin().text("CLIENT", "LIST"))).isEqualTo(clients(before));
        try (RedisSession broken = rig.redis.session(Duration.ZERO)) {
            server.restart();
            assertThatThrownBy(() -> broken.ask(redis -> redis.ping(), Duration.ofSeconds(1)))
                    .isInstanceOf(RedisException.class);
        }
        rig.await(Status.UP);
        await().atMost(Rig.LONG)
                .ignoreExceptionsInstanceOf(DependencyUnavailableException.class)
                .untilAsserted(() -> {
                    try (RedisSession again = rig.redis.session(Duration.ZERO)) {
                        assertThat(again.<String>ask(redis -> redis.ping(), Duration.ofSeconds(1)))
                                .isEqualTo("PONG");
                    }
                });
    }

    private static long clients(String list) {
        return list.lines().filter(line -> line.contains("name=mooring")).count();
    }

    @Test
    void sessions_areNoMoreThanTheSettingSays() {
        try (Rig two = Rig.of(Map.of("REDIS_URL", server.url(), "REDIS_POOL_MAX", "1"))
                        .whenUp();
                RedisSession only = two.redis.session(Duration.ZERO)) {
            assertThat(only.<String>ask(redis -> redis.ping(), Duration.ofSeconds(1)))
                    .isEqualTo("PONG");
            assertThatThrownBy(() -> two.redis.session(Duration.ofMillis(50)))
                    .hasMessage("all sessions with redis are in use, and none came free in time");
        }
    }

    @Test
    void wrongCommand_isItsSendersMistake() throws Exception {
        rig.set("text", "x");
        for (int call = 0; call < 10; call++) {
            assertThatThrownBy(() -> rig.redis
                            .call(commands -> commands.lpush("text", "y"))
                            .get())
                    .hasMessageStartingWith("WRONGTYPE");
        }
        assertThat(rig.health().status()).isEqualTo(Status.UP);
    }
}
