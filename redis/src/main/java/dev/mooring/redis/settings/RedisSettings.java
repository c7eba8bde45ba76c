package dev.mooring.redis.settings;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.settings.SecretSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach one Redis and supervise it. {@link RedisVariables} reads it from {@code REDIS_*}. Immutable.
 *
 * @param name the name of the dependency: 1 to 40 characters of {@code a-z 0-9 -}, beginning with a letter
 * @param enabled whether the dependency is switched on
 * @param topology which servers
 * @param username the ACL user; empty for the default one
 * @param password the password; each log-in asks the source again
 * @param database the number of the database; 0 in a cluster
 * @param tls whether connections are encrypted, and the server's name and certificate checked
 * @param authorities file of the authorities (PEM) that may sign the server's certificate; empty for those of the JDK
 * @param connect longest time for a connection, from the TCP connect to the log-in
 * @param command longest wait for the answer to a command
 * @param sessions sessions at the same time, each on a connection of its own
 * @param timing when the supervisor probes it
 * @param breaker when the breaker refuses calls to it
 */
public record RedisSettings(
        String name,
        boolean enabled,
        Topology topology,
        Optional<String> username,
        Optional<SecretSource> password,
        int database,
        boolean tls,
        Optional<Path> authorities,
        Duration connect,
        Duration command,
        int sessions,
        ProbeTiming timing,
        BreakerSettings breaker) {
    /** The default of {@link #sessions}. */
    static final int SESSIONS = 8;

    static final Duration CONNECT = Duration.ofSeconds(10);
    static final Duration COMMAND = Duration.ofSeconds(2);

    /** A queue on disk stands behind this dependency, so its breaker opens sooner than others. */
    static final BreakerSettings BREAKER = new BreakerSettings().failures(3);

    public RedisSettings {
        if (sessions < 1) {
            throw new IllegalArgumentException("sessions must be at least 1 but is " + sessions);
        }
    }

    /** The Redis at these servers, with the defaults of everything else: no log-in, no TLS, database 0. */
    public static RedisSettings at(String name, Topology topology) {
        return new RedisSettings(
                name,
                true,
                topology,
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                CONNECT,
                COMMAND,
                SESSIONS,
                new ProbeTiming(),
                BREAKER);
    }
}
