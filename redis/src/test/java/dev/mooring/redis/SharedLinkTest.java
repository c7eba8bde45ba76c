package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.failure.FailureKind;
import dev.mooring.testing.redis.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedLinkTest {
    private final TestRedis server = TestRedis.started();
    private final RedisClient client = RedisClient.create(server.url());
    private Link link;
    private SharedLink shared;

    @BeforeEach
    void open() {
        link = Link.of(client.connect());
        // A command then lies in Lettuce's buffer, as one does that comes while the network is slow.
        link.connection().setAutoFlushCommands(false);
        shared = new SharedLink(
                () -> CompletableFuture.completedFuture(link), Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        shared.close();
        client.shutdown();
        server.close();
    }

    @Test
    void command_whoseConnectionIsGivenUp_failsAsALostConnection_andIsNoCancellation() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CompletableFuture<Throwable> failure =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> shared.ask(redis -> {
                    RedisFuture<String> answer = redis.get("a");
                    sent.countDown();
                    return answer;
                })));
        sent.await();

        shared.renew();

        assertThat(failure.get()).isExactlyInstanceOf(RedisException.class).hasMessageContaining("given up");
        assertThat(RedisFailures.INSTANCE.classify(failure.get())).contains(FailureKind.CONNECTION_LOST);
    }

    @Test
    void command_thatItsCallerCancels_staysACancellation() {
        assertThat(catchThrowable(() -> shared.ask(redis -> {
                    RedisFuture<String> answer = redis.get("a");
                    answer.cancel(true);
                    return answer;
                })))
                .isInstanceOf(CancellationException.class);
    }
}
