package dev.mooring.redis;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.netty.channel.ConnectTimeoutException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * The kinds of what Redis and Lettuce report. The first word of an error of Redis is its code. An error whose code says that the command
 * was wrong is its sender's mistake and no failure of Redis.
 */
enum RedisFailures implements FailureClassifier {
    INSTANCE;

    /** Redis answers and serves reads, but refuses writes. */
    static final Set<FailureKind> WRITES_REFUSED =
            EnumSet.of(FailureKind.READ_ONLY, FailureKind.OUT_OF_MEMORY, FailureKind.DISK_FULL);

    private static final Map<String, FailureKind> CODES = Map.ofEntries(
            Map.entry("NOAUTH", FailureKind.AUTHENTICATION_FAILED),
            Map.entry("WRONGPASS", FailureKind.AUTHENTICATION_FAILED),
            Map.entry("NOPERM", FailureKind.PERMISSION_DENIED),
            Map.entry("DENIED", FailureKind.PERMISSION_DENIED),
            Map.entry("READONLY", FailureKind.READ_ONLY),
            Map.entry("MASTERDOWN", FailureKind.READ_ONLY),
            Map.entry("NOREPLICAS", FailureKind.READ_ONLY),
            Map.entry("OOM", FailureKind.OUT_OF_MEMORY),
            Map.entry("MISCONF", FailureKind.DISK_FULL),
            Map.entry("LOADING", FailureKind.STARTING_UP),
            Map.entry("BUSY", FailureKind.RESPONSE_TIMEOUT),
            Map.entry("TRYAGAIN", FailureKind.STARTING_UP),
            Map.entry("CLUSTERDOWN", FailureKind.SHUTTING_DOWN),
            Map.entry("UNBLOCKED", FailureKind.READ_ONLY));

    /** Errors with the general code and those of Lettuce, by a part of their text. */
    private static final Map<String, FailureKind> TEXTS = Map.of(
            "max number of clients", FailureKind.TOO_MANY_CONNECTIONS,
            "invalid password", FailureKind.AUTHENTICATION_FAILED,
            "without any password configured", FailureKind.AUTHENTICATION_FAILED,
            "DB index is out of range", FailureKind.DATABASE_MISSING,
            "Cannot determine a partition", FailureKind.SHUTTING_DOWN,
            "CLUSTERDOWN", FailureKind.SHUTTING_DOWN,
            "unreachable", FailureKind.CONNECTION_LOST);

    /** What Lettuce says of its queue and of its stack when the commands of this process fill them. */
    private static final String OWN_QUEUE = "size exceeded";

    @Override
    public String hint(FailureKind kind) {
        return switch (kind) {
            case TOO_MANY_CONNECTIONS -> "Lower the pool sizes of all clients, or raise maxclients of the server.";
            case PERMISSION_DENIED ->
                "Grant the user the commands and keys that it lacks (ACL), or set a password where protected mode refuses.";
            case DATABASE_MISSING -> "Set the number of a database that the server has.";
            default -> kind.hint();
        };
    }

    @Override
    public Optional<FailureKind> classify(Throwable error) {
        List<Throwable> causes = FailureClassifier.causes(error);
        for (Throwable cause : causes) {
            if (cause instanceof RedisCommandExecutionException answered) {
                return ofAnswer(String.valueOf(answered.getMessage()));
            }
            if (cause instanceof RedisCommandInterruptedException || cause instanceof CancellationException) {
                return Optional.empty();
            }
            if (cause instanceof ConnectTimeoutException) {
                return Optional.of(FailureKind.CONNECT_TIMEOUT);
            }
        }
        Throwable root = causes.get(causes.size() - 1);
        if (root instanceof RedisCommandTimeoutException) {
            return Optional.of(FailureKind.RESPONSE_TIMEOUT);
        }
        return root instanceof RedisException lettuces
                ? ofLettuce(String.valueOf(lettuces.getMessage()))
                : FailureClassifier.jdk().classify(error);
    }

    private static Optional<FailureKind> ofAnswer(String answer) {
        return Optional.ofNullable(CODES.get(code(answer))).or(() -> text(answer));
    }

    private static Optional<FailureKind> ofLettuce(String message) {
        return message.contains(OWN_QUEUE)
                ? Optional.empty()
                : text(message).or(() -> Optional.of(FailureKind.CONNECTION_LOST));
    }

    /** The code of an error: its first word. */
    static String code(RedisCommandExecutionException answered) {
        return code(message(answered));
    }

    /** Whether the server that answered is not the primary, or no more. */
    static boolean isOfDemoted(RedisCommandExecutionException answered) {
        return INSTANCE.classify(answered)
                .filter(kind -> kind == FailureKind.READ_ONLY)
                .isPresent();
    }

    /** What Redis answered, in one line. */
    static String message(RedisCommandExecutionException answered) {
        return String.valueOf(answered.getMessage()).lines().findFirst().orElse("");
    }

    private static String code(String answer) {
        return answer.replaceFirst("^-", "").split(" ", 2)[0];
    }

    private static Optional<FailureKind> text(String message) {
        return TEXTS.entrySet().stream()
                .filter(known -> message.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
