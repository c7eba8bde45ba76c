package dev.mooring.postgres.connect;

import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which database name to log in to. The first log-in decides between the name and its fallback; the process stays with it, because
 * two databases are two truths. For the same reason a name that has appeared but holds nothing yet does not win over a fallback that
 * is in use: one instance would go on there, and the next would begin anew here. Thread-safe.
 */
final class DatabaseNames {
    private final String primary;
    private final Optional<String> fallback;
    private final String setting;
    /** The name of the first log-in that worked; written once. */
    private volatile @Nullable String inUse;

    /** Whether the first name exists without holding anything; set before the fallback is used, read by anybody. */
    private volatile boolean untouched;

    /** {@code setting} is the variable that holds the first name. */
    DatabaseNames(String primary, Optional<String> fallback, String setting) {
        this.primary = primary;
        this.fallback = fallback.filter(name -> !name.equals(primary));
        this.setting = setting;
    }

    /** What to try, in this order; the next one only when the one before does not exist. */
    List<String> toTry() {
        String decided = inUse;
        return decided == null
                ? Stream.concat(Stream.of(primary), fallback.stream()).toList()
                : List.of(decided);
    }

    /** Decides for a name; false when another one was decided for meanwhile. */
    synchronized boolean use(String name) {
        if (inUse == null) {
            inUse = name;
        }
        return name.equals(inUse);
    }

    /** The fallback, while nothing is decided and it could be the one to use. */
    Optional<String> rivalOf(String name) {
        return inUse == null && name.equals(primary) ? fallback : Optional.empty();
    }

    /** The first name exists, but the fallback is the one with data. */
    void foundUntouched() {
        untouched = true;
    }

    Optional<String> inUse() {
        return Optional.ofNullable(inUse);
    }

    /** The finding that health reports while the fallback is in use. */
    Optional<Finding> finding() {
        String why = untouched
                ? " has no tables of ours yet, while the fallback holds data; move the data, or set " + setting
                        + " to the one to keep"
                : " does not exist";
        return inUse().filter(name -> !name.equals(primary))
                .map(name -> new Finding(
                        FailureKind.DATABASE_MISSING,
                        "running on fallback name " + name + " because " + primary + why));
    }
}
