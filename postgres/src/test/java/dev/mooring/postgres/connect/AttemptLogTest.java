package dev.mooring.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Logged;
import java.net.SocketException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptLogTest {
    private final AttemptLog log = new AttemptLog("database", new Feedback());

    @Test
    void attemptThatTheSupervisorGaveUp_isNoWarning_andHasNoNumber() {
        try (Logged logged = Logged.of("dev.mooring.postgres.connection")) {
            log.tried(attempt(true, FailureKind.RESPONSE_TIMEOUT));
            log.tried(attempt(false, FailureKind.CONNECTION_REFUSED));

            List<ILoggingEvent> lines = logged.events();
            assertThat(lines).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG, Level.WARN);
            assertThat(lines.get(1).getFormattedMessage()).startsWith("database: attempt 1 failed ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Socket closed", "Socket is closed"})
    void socketThatThisProcessClosed_isAnAttemptThatWasGivenUp(String words) {
        SQLException closed = new SQLException("The connection attempt failed.", "08001", new SocketException(words));

        assertThat(NotConnectedException.wasGivenUp(closed)).isTrue();
        assertThat(NotConnectedException.wasGivenUp(new SQLException("lost", new SocketException("Connection reset"))))
                .isFalse();
    }

    private static LoginAttempt attempt(boolean givenUp, FailureKind kind) {
        Duration second = Duration.ofSeconds(1);
        Failure failure = new Failure(kind, "no connection", Instant.EPOCH);
        return new LoginAttempt("db", 5432, "models", second, second, givenUp, Optional.of(failure));
    }
}
