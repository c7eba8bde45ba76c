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
 * Does what {@code STARTUP_WAIT} says, before every other runner. The application is live meanwhile and can be stopped, because its
 * context is complete.
 */
final class WaitAtStart implements ApplicationRunner, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.postgres");
    /** From a first log-in to calls that are admitted it takes a probe; migrations go on by themselves. */
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
