package dev.mooring.postgres;

import dev.mooring.Dependency;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Finding;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Findings of calls that no probe sees: a full disk, missing rights, a server that became read-only. Health reports the first two until the
 * next write succeeds, until a probe finds that the cause is over, or until 5 min after the last such failure. Thread-safe.
 */
final class CallFindings {
    private static final Duration HOLDS = Duration.ofMinutes(5);
    private static final Set<FailureKind> UNSEEN_BY_PROBES =
            EnumSet.of(FailureKind.DISK_FULL, FailureKind.PERMISSION_DENIED);

    /** A schema, table or column does not exist. */
    private static final Set<String> NOT_THERE = Set.of("3F000", "42P01", "42703");

    private final PostgresProbe probe;

    /**
     * Whether a call found one of these since the last successful write. Volatile: every statement reads it, so the usual case costs one
     * read.
     */
    private volatile boolean anything;

    CallFindings(PostgresProbe probe) {
        this.probe = probe;
    }

    void failed(Dependency dependency, Failure failure, boolean wantsToWrite) {
        if (UNSEEN_BY_PROBES.contains(failure.kind())) {
            anything = true;
            dependency.note(new Finding(failure.kind(), failure.message()), HOLDS);
            probe.aftermath().failed(failure.kind());
        } else if (failure.kind() == FailureKind.READ_ONLY && wantsToWrite) {
            probe.doubt();
            dependency.probeSoon();
        }
    }

    /** The server refused a statement. One that misses a table or column may be in another database than the probe's kept session. */
    void refused(Dependency dependency, SQLException error) {
        if (NOT_THERE.contains(String.valueOf(error.getSQLState())) && probe.doubtSchema()) {
            dependency.probeSoon();
        }
    }

    boolean isWriteNews() {
        return anything;
    }

    void wrote(Dependency dependency) {
        if (anything) {
            anything = false;
            probe.aftermath().wrote();
            UNSEEN_BY_PROBES.forEach(dependency::clear);
        }
    }
}
