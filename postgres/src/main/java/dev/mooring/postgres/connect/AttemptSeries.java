package dev.mooring.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.event.Level;

/**
 * Attempts that the caller counts. The log has each attempt with its number and the next delay. One attempt can be two log-ins, with the
 * database's name and with its fallback. Not thread-safe.
 */
public final class AttemptSeries {
    private final LogIn logIn;
    private final AttemptLog log;
    private final Duration limit;
    private final List<LoginAttempt> untold = new ArrayList<>();

    AttemptSeries(LogIn logIn, AttemptLog log, Duration limit) {
        this.logIn = logIn;
        this.log = log;
        this.limit = limit;
    }

    /** Logs in. The caller closes the connection, and reports the attempt with {@link #failed} or {@link #succeeded}. */
    public Connection open() throws SQLException {
        return logIn.open(OpenRequest.of(Purpose.WAIT, limit, limit, untold::add));
    }

    /** Logs that the attempt with this number failed; {@code next} is the wait before the next one, empty after the last. */
    public void failed(int attempt, int attempts, Optional<Duration> next) {
        tell(attempt, attempts, next, Level.WARN);
    }

    /** Logs that the attempt with this number succeeded. */
    public void succeeded(int attempt, int attempts) {
        tell(attempt, attempts, Optional.empty(), Level.INFO);
    }

    private void tell(int attempt, int attempts, Optional<Duration> next, Level level) {
        untold.forEach(one -> log.log(
                one.numbered(attempt, OptionalInt.of(attempts), next),
                one.failure().isPresent() ? Level.WARN : level));
        untold.clear();
    }
}
