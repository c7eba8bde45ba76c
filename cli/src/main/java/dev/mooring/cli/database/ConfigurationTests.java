package dev.mooring.cli.database;

import dev.mooring.cli.database.TestSeries.FoundException;
import dev.mooring.cli.terminal.Durations;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.Limits;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.retry.Backoff;
import dev.mooring.settings.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;

/** What the verification script of the older system verified: that the values in force do what they say. Not thread-safe. */
final class ConfigurationTests {
    private static final String SESSION = """
            select current_database(), (extract(epoch from current_setting('statement_timeout')::interval) * 1000)::bigint""";

    private final CommandSettings command;
    private final PostgresSettings settings;
    private final Postgres postgres;

    ConfigurationTests(CommandSettings command, PostgresSettings settings, Postgres postgres) {
        this.command = command;
        this.settings = settings;
        this.postgres = postgres;
    }

    /** Runs them; {@code reached} says whether the database can be asked. */
    void run(boolean reached, TestSeries series) throws InterruptedException {
        series.test("Database Names", reached, this::names);
        series.test("Time Limits", reached, this::limits);
        series.test("Retry Policy", this::retry);
        series.test("Error Messages", this::messages);
        series.test("MLflow Limits", this::mlflow);
    }

    private String names() throws Exception {
        return inSession((database, statementLimit) -> {
            String wanted = settings.login().database();
            Optional<String> fallback = settings.login().fallback();
            if (!database.equals(wanted)) {
                return database + ", the fallback, because " + wanted + " does not exist";
            }
            return wanted + fallback.map(other -> ", fallback " + other).orElse(", no fallback");
        });
    }

    private String limits() throws Exception {
        Limits limits = settings.limits();
        return inSession((database, statementLimit) -> {
            if (statementLimit != limits.statement().toMillis()) {
                throw new FoundException("the server ends statements after " + statementLimit + " ms, not after "
                        + limits.statement().toMillis() + " ms; a pooler before it keeps session settings away");
            }
            return "connect " + Durations.text(limits.connect()) + ", answer " + Durations.text(limits.socket())
                    + ", statement " + Durations.text(limits.statement()) + ", pool "
                    + Durations.text(limits.acquire());
        });
    }

    private String retry() throws Exception {
        Backoff backoff = settings.retry();
        Rehearsal failing = Rehearsal.of(backoff, FailureKind.CONNECTION_REFUSED);
        Rehearsal refused = Rehearsal.of(backoff, FailureKind.AUTHENTICATION_FAILED);
        if (refused.attempts() != 1) {
            throw new FoundException("a refused password is tried " + refused.attempts() + " times");
        }
        return failing.attempts() + " of " + backoff.attempts() + " attempts within "
                + Durations.text(backoff.deadline()) + ", waits of " + failing.waits()
                + ", none after a refused password";
    }

    /** A log-in to a port on which nothing listens, with the settings in force. */
    private String messages() throws Exception {
        int port = unusedPort();
        PostgresSettings nowhere = PostgresSettings.at(
                        "127.0.0.1", port, settings.login().database())
                .user(settings.login().user(), Secret.of("not-to-be-shown"));
        try (Postgres away = Postgres.of(nowhere)) {
            away.openBesidePool(settings.limits().connect(), socket -> {}).close();
            throw new FoundException("a port without a server took a log-in");
        } catch (SQLException refused) {
            Failure failure = Failure.ofCheck(refused, Postgres.failures(), Instant.now());
            String message = failure.message();
            boolean whole = message.contains("127.0.0.1:" + port)
                    && message.contains(settings.login().database())
                    && message.contains(settings.login().user())
                    && !message.contains("not-to-be-shown");
            if (failure.kind() != FailureKind.CONNECTION_REFUSED || !whole) {
                throw new FoundException("a refused connection is reported as " + failure);
            }
            return "name kind, server, database and user, and never the password";
        }
    }

    private String mlflow() {
        Optional<HttpSettings> behind =
                MlflowSettings.BACKEND.read(command.settings()).filter(HttpSettings::enabled);
        return behind.map(server -> "connect " + Durations.text(server.limits().connect()) + ", answer "
                        + Durations.text(server.limits().response()) + ", "
                        + server.retry().attempts() + " attempts, waits from "
                        + Durations.text(server.retry().base()))
                .orElse("no MLFLOW_TRACKING_URI is set: the service keeps the registry itself");
    }

    private interface Look {
        String at(String database, long statementLimit) throws FoundException;
    }

    private String inSession(Look look) throws Exception {
        try (Connection connection = postgres.openBesidePool(settings.limits().connect(), socket -> {});
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(SESSION)) {
            answer.next();
            return look.at(answer.getString(1), answer.getLong(2));
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
