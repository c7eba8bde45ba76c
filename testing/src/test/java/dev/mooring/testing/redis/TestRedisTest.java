package dev.mooring.testing.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestRedisTest {
    private TestRedis server;

    @BeforeAll
    void start() {
        server = TestRedis.started();
    }

    @AfterAll
    void end() {
        server.close();
    }

    @Test
    void data_isThereAfterKillAndStart_onTheSamePort() {
        server.admin().ask("SET", "kept", "yes");
        int port = server.port();
        server.kill();
        assertThat(server.isRunning()).isFalse();
        assertThatThrownBy(() -> server.admin().ask("PING")).isInstanceOf(UncheckedIOException.class);
        server.start();
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.admin().text("GET", "kept")).isEqualTo("yes");
    }

    @Test
    void fullServer_refusesWritesUntilMemoryIsFree() {
        server.fillMemory();
        assertThatThrownBy(() -> server.admin().ask("SET", "a", "b")).hasMessageStartingWith("OOM");
        server.freeMemory();
        assertThat(server.admin().text("SET", "a", "b")).isEqualTo("OK");
    }

    @Test
    void restartedServer_answersLoadingUntilItMayFinish() {
        server.admin().ask("SET", "before", "yes");
        server.restartLoading();
        assertThatThrownBy(() -> server.admin().ask("GET", "a")).hasMessageStartingWith("LOADING");
        server.finishLoading();
        assertThat(server.admin().text("GET", "before")).isEqualTo("yes");
        assertThat(server.admin().text("DBSIZE")).isLessThan("9");
    }

    @Test
    void replica_refusesWritesUntilItIsPromoted() {
        server.admin().ask("SET", "copied", "yes");
        try (TestRedis replica = TestRedis.started()) {
            replica.follow(server);
            assertThat(replica.admin().text("GET", "copied")).isEqualTo("yes");
            assertThatThrownBy(() -> replica.admin().ask("SET", "a", "b")).hasMessageStartingWith("READONLY");
            replica.promote();
            assertThat(replica.admin().text("SET", "a", "b")).isEqualTo("OK");
        }
    }
}
