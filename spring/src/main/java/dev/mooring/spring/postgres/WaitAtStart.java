package dev.mooring.spring.postgres;

import dev.mooring.Mooring;
import dev.mooring.postgres.Postgres;
import dev.mooring.spring.environment.ExitCode;
import dev.mooring.spring.environment.StartFailedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;

/**
 * Waits for the database as {@code STARTUP_WAIT} says, before every other runner. Meanwhile the application is live, and a
 * signal can stop it, because its context is complete.
 */
final class WaitAtStart implements ApplicationRunner, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.postgres");
    /**
     * Enough for the probe that follows the first log-in and lets the breaker admit calls. Migrations may take longer; the
     * application does not wait for them.
     */
    private static final Duration ADMISSION = Duration.ofSeconds(5);

    private final Postgres postgres;
    private final Mooring mooring;

    WaitAtStart(Postgres postgres, Mooring mooring) {
        this.postgres = postgres;
        this.mooring = mooring;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        try {
            postgres.waitAtStart();
        } catch (SQLException notReached) {
            String line = postgres.dependency().name() + " was not reached: " + notReached.getMessage();
            throw new StartFailedException(List.of(line), ExitCode.FAILED, notReached);
        }
        if (postgres.databaseInUse().isPresent() && !mooring.awaitCritical(ADMISSION)) {
            LOG.info("Not ready yet: {}", mooring.health().reasons());
        }
    }
}
