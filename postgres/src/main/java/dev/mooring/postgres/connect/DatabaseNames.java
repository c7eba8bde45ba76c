package dev.mooring.postgres.connect;

import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which database name to log in to. The first log-in decides between the name and its fallback; the process stays with it, because
 * two databases are two truths. Thread-safe.
 */
final class DatabaseNames {
    private final String primary;
    private final Optional<String> fallback;
    /** The name of the first log-in that worked; written once. */
    private volatile @Nullable String inUse;

    DatabaseNames(String primary, Optional<String> fallback) {
        this.primary = primary;
        this.fallback = fallback.filter(name -> !name.equals(primary));
    }

    /** What to try, in this order; the next one only when the one before does not exist. */
    List<String> toTry() {
        String decided = inUse;
        return decided == null
                ? Stream.concat(Stream.of(primary), fallback.stream()).toList()
                : List.of(decided);
    }

    synchronized void use(String name) {
        if (inUse == null) {
            inUse = name;
        }
    }

    Optional<String> inUse() {
        return Optional.ofNullable(inUse);
    }

    /** What is to be told about the name in use. */
    Optional<Finding> finding() {
        return inUse().filter(name -> !name.equals(primary))
                .map(name -> new Finding(
                        FailureKind.DATABASE_MISSING,
                        "running on fallback name " + name + " because " + primary + " does not exist"));
    }
}
