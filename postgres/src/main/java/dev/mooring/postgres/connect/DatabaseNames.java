package dev.mooring.postgres.connect;

import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the database to log in to. The first log-in decides between the name and its fallback, and the process keeps to it, so that its
 * data stays in one database. For the same reason a new, empty database under the first name does not win over a fallback that is in use:
 * running instances would go on with the fallback, and the next one would begin with the empty database. Thread-safe.
 */
final class DatabaseNames {
    private final String primary;
    private final Optional<String> fallback;
    private final String setting;
    /** The name of the first log-in that worked; written once. */
    private volatile @Nullable String inUse;

    /** Whether the database of the first name exists but holds nothing. Volatile: set before {@link #inUse}, read by any thread. */
    private volatile boolean untouched;

    /** {@code setting} is the variable that holds the first name. */
    DatabaseNames(String primary, Optional<String> fallback, String setting) {
        this.primary = primary;
        this.fallback = fallback.filter(name -> !name.equals(primary));
        this.setting = setting;
    }

    /** The names to try, in this order: the second only when the first does not exist. */
    List<String> toTry() {
        String decided = inUse;
        return decided == null
                ? Stream.concat(Stream.of(primary), fallback.stream()).toList()
                : List.of(decided);
    }

    /** Decides for a name; false when another log-in has decided for the other one meanwhile. */
    synchronized boolean use(String name) {
        if (inUse == null) {
            inUse = name;
        }
        return name.equals(inUse);
    }

    /** The fallback, if {@code name} is the first name and no log-in has decided yet. */
    Optional<String> rivalOf(String name) {
        return inUse == null && name.equals(primary) ? fallback : Optional.empty();
    }

    /** Records that the first name exists, but the fallback holds the data. */
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
