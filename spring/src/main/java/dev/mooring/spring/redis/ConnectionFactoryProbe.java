package dev.mooring.spring.redis;

import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeAttempt;
import dev.mooring.redis.Redis;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStringCommands;
import org.springframework.data.redis.core.types.Expiration;

/**
 * Asks the Redis of the application, on a new connection each time: {@code PING}, and a write that changes nothing, because its key does not
 * exist ({@code SET … XX}). A server that refuses the write works with a finding. Thread-safe.
 */
final class ConnectionFactoryProbe implements Probe {
    private static final byte[] KEY = "mooring:probe".getBytes(StandardCharsets.UTF_8);
    private static final Set<FailureKind> WRITES_REFUSED =
            Set.of(FailureKind.READ_ONLY, FailureKind.OUT_OF_MEMORY, FailureKind.DISK_FULL);

    private final ProbeConnections connections;

    ConnectionFactoryProbe(ProbeConnections connections) {
        this.connections = connections;
    }

    @Override
    public ProbeAnswer ask(ProbeAttempt attempt) {
        try (RedisConnection connection = connections.open()) {
            attempt.connected();
            connection.ping();
            return write(connection);
        }
    }

    @SuppressWarnings("deprecation") // what takes its place is not there in Spring Data 4.0
    private static ProbeAnswer write(RedisConnection connection) {
        try {
            connection
                    .stringCommands()
                    .set(KEY, new byte[0], Expiration.persistent(), RedisStringCommands.SetOption.ifPresent());
            return ProbeAnswer.well();
        } catch (DataAccessException refused) {
            FailureKind kind = Redis.failures().classify(refused).orElse(FailureKind.UNKNOWN);
            if (kind == FailureKind.PERMISSION_DENIED) {
                return ProbeAnswer.well();
            }
            if (WRITES_REFUSED.contains(kind)) {
                return ProbeAnswer.with(kind, kind.hint());
            }
            throw refused;
        }
    }
}
