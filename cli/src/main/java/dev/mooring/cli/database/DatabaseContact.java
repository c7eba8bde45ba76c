package dev.mooring.cli.database;

import dev.mooring.failure.Failure;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** The database, asked by a log-in. */
final class DatabaseContact implements Contact {
    private final Postgres postgres;

    DatabaseContact(PostgresSettings settings) {
        this.postgres = Postgres.of(settings);
    }

    @Override
    public String dependency() {
        return postgres.dependency().name();
    }

    @Override
    public String ask(Duration limit) throws NoAnswerException {
        try (Connection connection = postgres.openBesidePool(limit, socket -> {})) {
            return "PostgreSQL " + ServerVersion.of(connection);
        } catch (SQLException failed) {
            throw new NoAnswerException(Failure.ofCheck(failed, Postgres.failures(), Instant.now()));
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
