package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.Address;
import dev.mooring.postgres.settings.KeepAlive;
import dev.mooring.settings.Secret;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** The database that a {@link ConnectionSource} logs in to, and how: our settings describe it, or a pool that the application configured. */
interface Target {
    /** The name of the dependency. */
    String name();

    /** The servers, as they are now. */
    Address address();

    /** The user of the next log-in, for messages. */
    String user();

    /** The name of the database, and the one to use while the first does not exist. */
    String database();

    Optional<String> fallback();

    /** The password of the next log-in; each log-in asks again. */
    Optional<Secret> password();

    /** How TCP notices a dead connection. */
    KeepAlive keepAlive();

    /** The limit of a TCP connect for the pool and for start tasks. */
    Duration connectLimit();

    /** The limit of each answer during a log-in for the pool and for start tasks. */
    Duration answerLimit();

    /** What excludes ways to log in, for messages, such as: {@code DATABASE_REQUIRE_AUTH excludes (scram-sha-256)}. */
    String authExclusion();

    /** Whether log-ins offer a certificate of the client. */
    boolean hasClientCertificate();

    /** Whether sessions ask for UTC where the server does not know the time zone of the JVM. */
    boolean asksForUtc();

    /** The URL of a log-in; it holds no parameters, because the driver logs it. */
    String url();

    /**
     * All that the driver gets for a log-in besides the URL.
     *
     * @param answerTimeout the limit of each answer, log-in included; zero means no limit
     */
    Properties properties(String database, Optional<Secret> password, Duration answerTimeout) throws SQLException;
}
