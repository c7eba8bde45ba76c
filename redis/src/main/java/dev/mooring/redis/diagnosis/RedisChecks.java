package dev.mooring.redis.diagnosis;

import static dev.mooring.diagnosis.Check.fatal;

import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.NetworkChecks;
import dev.mooring.failure.FailureKind;
import java.util.List;
import java.util.stream.Stream;

/** The checks of Redis up to the log-in; {@link ServerChecks} has those behind it. */
final class RedisChecks {
    static final NetworkChecks NETWORK = NetworkChecks.of("redis", "Redis", "REDIS_HOST", "REDIS_CA_FILE");

    static final Check SENTINEL = fatal(
                    "redis-sentinel",
                    Layer.NAME,
                    FailureKind.NAME_NOT_RESOLVED,
                    "A Sentinel answers and knows the primary.")
            .cause(
                    "REDIS_SENTINEL_MASTER is not the name that the Sentinels know",
                    "redis-cli -p 26379 sentinel masters; correct the name",
                    "does not know")
            .cause(
                    "The Sentinels ask for a password",
                    "set REDIS_SENTINEL_PASSWORD",
                    "NOAUTH",
                    "WRONGPASS",
                    "invalid password")
            .cause(
                    "The Sentinels have no password, and REDIS_SENTINEL_PASSWORD is set",
                    "remove it, or set requirepass on the Sentinels",
                    "without any password")
            .cause(
                    "The Sentinels in REDIS_NODES do not run",
                    "start them; correct the addresses",
                    "connection refused",
                    "timed out",
                    "no route to host",
                    "unreachable",
                    "has no address");

    static final Check ANSWER = fatal(
                    "redis-answer", Layer.LOG_IN, FailureKind.RESPONSE_TIMEOUT, "The server answers a first command.")
            .cause(
                    "The server hangs: a slow command or script blocks it, or its machine is frozen",
                    "look at its processor and memory; SLOWLOG GET 10 once it answers")
            .cause("A proxy accepts the connection and has no server behind it", "check the proxy's list of targets");

    static final Check GREETING = fatal(
                    "redis-greeting", Layer.LOG_IN, FailureKind.PROTOCOL_ERROR, "The server on the port is Redis.")
            .cause("The port belongs to another service", "compare REDIS_PORT with the port that Redis listens on");

    static final Check HANG_UP = fatal(
                    "redis-hang-up",
                    Layer.LOG_IN,
                    FailureKind.CONNECTION_LOST,
                    "The server keeps the connection open until it has answered.")
            .cause(
                    "The port speaks TLS (ElastiCache: encryption in transit), and REDIS_TLS is off",
                    "set REDIS_TLS=true or a rediss:// address",
                    "(without TLS)")
            .cause("A proxy or tunnel has no server behind it and closes", "connect to the server itself", "TLS)")
            .cause("The server stops", "read its log", "TLS)");

    static final Check PASSWORD = fatal(
                    "redis-password",
                    Layer.LOG_IN,
                    FailureKind.AUTHENTICATION_FAILED,
                    "The server accepts the user and the password.")
            .cause(
                    "The password was rotated and this process has the old one",
                    "compare the secret's last change with the start of this process",
                    "WRONGPASS",
                    "invalid password")
            .cause(
                    "REDIS_USERNAME is missing or wrong, or the user is off",
                    "ACL GETUSER NAME on the server; without a name the user is default",
                    "WRONGPASS",
                    "invalid password")
            .cause(
                    "The server has no password at all",
                    "remove REDIS_PASSWORD, or set requirepass on the server",
                    "without any password");

    static final Check PASSWORD_SET = fatal(
                    "redis-password-set",
                    Layer.LOG_IN,
                    FailureKind.AUTHENTICATION_FAILED,
                    "This process has a password where the server asks for one.")
            .cause("REDIS_PASSWORD is not set", "set it, or REDIS_PASSWORD_FILE");

    static final Check PROTECTED = fatal(
                    "redis-protected",
                    Layer.LOG_IN,
                    FailureKind.PERMISSION_DENIED,
                    "The server admits clients from other machines.")
            .cause(
                    "It runs in protected mode, because it has no password",
                    "set requirepass on the server and REDIS_PASSWORD here");

    static final Check FREE_CONNECTION = fatal(
                    "redis-free-connection",
                    Layer.LOG_IN,
                    FailureKind.TOO_MANY_CONNECTIONS,
                    "The server has a free connection.")
            .cause(
                    "All clients together have more connections than maxclients",
                    "CLIENT LIST on the server; lower the pools or raise maxclients");

    static final Check STARTED = fatal(
                    "redis-started", Layer.LOG_IN, FailureKind.STARTING_UP, "The server has loaded its data.")
            .cause("It started and reads its file", "wait; INFO persistence says how far it is");

    static final Check LOG_IN = fatal("redis-log-in", Layer.LOG_IN, FailureKind.UNKNOWN, "The log-in succeeds.")
            .cause("The message says more", "read the server's log at this second");

    private RedisChecks() {}

    static List<Check> all() {
        return Stream.concat(
                        NETWORK.all().stream(),
                        Stream.of(
                                SENTINEL,
                                ANSWER,
                                GREETING,
                                HANG_UP,
                                PASSWORD,
                                PASSWORD_SET,
                                PROTECTED,
                                FREE_CONNECTION,
                                STARTED,
                                LOG_IN))
                .toList();
    }
}
