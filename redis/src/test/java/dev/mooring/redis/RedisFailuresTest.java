package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.failure.FailureKind;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisFailuresTest {

    @Test
    void whatToCheck_speaksOfRedis() {
        assertThat(RedisFailures.INSTANCE.hint(FailureKind.TOO_MANY_CONNECTIONS))
                .contains("maxclients")
                .doesNotContain("max_connections");
        assertThat(RedisFailures.INSTANCE.hint(FailureKind.PERMISSION_DENIED)).contains("ACL", "protected mode");
        assertThat(RedisFailures.INSTANCE.hint(FailureKind.CONNECTION_REFUSED))
                .isEqualTo(FailureKind.CONNECTION_REFUSED.hint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOAUTH Authentication required. | AUTHENTICATION_FAILED",
                "WRONGPASS invalid username-password pair or user is disabled. | AUTHENTICATION_FAILED",
                "ERR invalid password | AUTHENTICATION_FAILED",
                "ERR AUTH <password> called without any password configured for the default user. | AUTHENTICATION_FAILED",
                "NOPERM this user has no permissions to run the 'set' command | PERMISSION_DENIED",
                "DENIED Redis is running in protected mode | PERMISSION_DENIED",
                "READONLY You can't write against a read only replica. | READ_ONLY",
                "MASTERDOWN Link with MASTER is down | READ_ONLY",
                "NOREPLICAS Not enough good replicas to write. | READ_ONLY",
                "UNBLOCKED force unblock from blocking operation, instance state changed | READ_ONLY",
                "OOM command not allowed when used memory > 'maxmemory'. | OUT_OF_MEMORY",
                "MISCONF Redis is configured to save RDB snapshots | DISK_FULL",
                "LOADING Redis is loading the dataset in memory | STARTING_UP",
                "TRYAGAIN Multiple keys request during rehashing of slot | STARTING_UP",
                "BUSY Redis is busy running a script. | RESPONSE_TIMEOUT",
                "CLUSTERDOWN The cluster is down | SHUTTING_DOWN",
                "ERR max number of clients reached | TOO_MANY_CONNECTIONS",
                "ERR DB index is out of range | DATABASE_MISSING"
            })
    void refusalOfRedis_hasItsKind(String answer, FailureKind kind) {
        assertThat(kindOf(new RedisCommandExecutionException(answer))).contains(kind);
        assertThat(kindOf(new RedisConnectionException("x", new RedisCommandExecutionException("-" + answer))))
                .contains(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "ERR unknown command",
        "BUSYGROUP Consumer Group name already exists",
        "NOGROUP No such key",
        "NOSCRIPT No matching script",
        "CROSSSLOT Keys in request don't hash to the same slot"
    })
    void refusalOfAWrongCommand_saysNothingAgainstRedis(String answer) {
        assertThat(kindOf(new RedisCommandExecutionException(answer))).isEmpty();
    }

    @Test
    void failureOfTheConnection_hasTheKindOfItsCause() {
        assertThat(connecting(new ConnectException("Connection refused"))).contains(FailureKind.CONNECTION_REFUSED);
        assertThat(connecting(new ConnectTimeoutException("x"))).contains(FailureKind.CONNECT_TIMEOUT);
        assertThat(connecting(new UnknownHostException("redis"))).contains(FailureKind.NAME_NOT_RESOLVED);
        assertThat(connecting(new SSLHandshakeException("x"))).contains(FailureKind.TLS_FAILED);
    }

    private static Optional<FailureKind> connecting(Exception cause) {
        return kindOf(new RedisConnectionException("Unable to connect to redis:6379", cause));
    }

    @Test
    void failureOfLettuce_hasItsKind() {
        assertThat(kindOf(new RedisCommandTimeoutException("late"))).contains(FailureKind.RESPONSE_TIMEOUT);
        assertThat(kindOf(new RedisException("Currently not connected. Commands are rejected.")))
                .contains(FailureKind.CONNECTION_LOST);
        assertThat(kindOf(new RedisException("Cannot determine a partition for slot 1.")))
                .contains(FailureKind.SHUTTING_DOWN);
    }

    @Test
    void ownDecisions_sayNothingAgainstRedis() {
        assertThat(kindOf(new RedisCommandInterruptedException(new InterruptedException())))
                .isEmpty();
        assertThat(kindOf(new CancellationException())).isEmpty();
        assertThat(kindOf(new RedisException("Request queue size exceeded: 10000.")))
                .isEmpty();
    }

    private static Optional<FailureKind> kindOf(Throwable error) {
        return RedisFailures.INSTANCE.classify(error);
    }
}
