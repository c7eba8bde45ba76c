package dev.mooring.spring.postgres;

import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.StartupWait;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.postgres.settings.StartSettings;
import dev.mooring.postgres.settings.StartupMode;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ExitCode;
import dev.mooring.spring.environment.StartFailedException;
import dev.mooring.thread.BackgroundLoop;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a database as {@code mooring.startup-wait} says, before the first bean that needs it. A signal ends the wait: Spring then
 * interrupts the thread that starts the application, while this class waits on another one that no socket blocks.
 */
final class StartWait {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.postgres");

    private final Settings settings;

    StartWait(Settings settings) {
        this.settings = settings;
    }

    void await(Postgres postgres) {
        StartupMode mode = StartSettings.mode(settings);
        if (mode == StartupMode.NONE) {
            return;
        }
        String name = postgres.dependency().name();
        StartupWait wait = postgres.startupWait().with(DatabaseSettings.of(name).startBackoff(settings));
        FutureTask<StartupWait.Reached> reached = new FutureTask<>(wait::run);
        Thread waiting = BackgroundLoop.daemon("mooring-startup-wait", reached);
        waiting.start();
        try {
            // Without a limit of its own: only so does Spring take this thread for one that it may interrupt.
            var unused = reached.get();
        } catch (InterruptedException stopped) {
            waiting.interrupt();
            Thread.currentThread().interrupt();
            throw failed("the start was stopped while it waited for " + name, stopped);
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof SQLException notReached)) {
                throw new IllegalStateException(failed.getCause());
            }
            if (mode == StartupMode.EXIT) {
                throw failed(name + " was not reached: " + notReached.getMessage(), notReached);
            }
            LOG.warn("starting without the database: {}", notReached.getMessage());
        }
    }

    private static StartFailedException failed(String line, Exception cause) {
        return new StartFailedException(List.of(line), ExitCode.FAILED, cause);
    }
}
