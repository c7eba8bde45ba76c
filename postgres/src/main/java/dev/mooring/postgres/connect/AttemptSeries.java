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
 * Attempts of somebody who counts them: they are logged when their number and the next delay are known. One attempt can be two
 * log-ins, on the database's name and on its fallback. Not thread-safe.
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

    /** Logs in; the caller closes the connection, and says how the attempt ended. */
    public Connection open() throws SQLException {
        return logIn.open(OpenRequest.of(Purpose.WAIT, limit, limit, untold::add));
    }

    /** The attempt of this number failed; {@code next} is the wait before the next one, if there is one. */
    public void failed(int attempt, int attempts, Optional<Duration> next) {
        tell(attempt, attempts, next, Level.WARN);
    }

    /** The attempt of this number worked. */
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
