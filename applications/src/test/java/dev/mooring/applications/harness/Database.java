package dev.mooring.applications.harness;

import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A new database for one application, at some distance, which a test can take away. The distance is the time of a round trip, as
 * {@code ping} shows it.
 */
public final class Database implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestPostgres server;
    private final String name = "application_" + NUMBER.incrementAndGet();
    private final FaultProxy proxy;
    private final Duration distance;

    private Database(TestPostgres server, Duration distance) {
        this.server = server;
        this.distance = distance;
        this.proxy = FaultProxy.to(server.host(), server.port());
        comeBack();
    }

    /** A database for this kind of application, with the tables that exist before the application starts. */
    public static Database on(TestPostgres server, Kind kind, Duration distance) {
        Database database = new Database(server, distance);
        try (InputStream tables = Database.class.getClassLoader().getResourceAsStream(kind.beside("database.sql"))) {
            server.admin().createDatabase(database.name);
            if (tables != null) {
                server.admin().execute(database.name, new String(tables.readAllBytes(), StandardCharsets.UTF_8));
            }
            return database;
        } catch (SQLException | IOException failed) {
            database.proxy.close();
            throw new IllegalStateException("cannot make a database for " + kind, failed);
        }
    }

    /** New connections are refused, existing ones are reset: what a killed server looks like. */
    public void vanish() {
        proxy.inject(Fault.refuse());
    }

    /** New connections are accepted, and nothing answers: what a frozen server looks like. */
    public void freeze() {
        proxy.inject(Fault.silence());
    }

    /** Answers again, at the same distance. */
    public void comeBack() {
        proxy.inject(Fault.latency(distance.dividedBy(2)));
    }

    /** The first column of the first row, asked directly. */
    public String ask(String query) throws SQLException {
        return server.admin().ask(name, query);
    }

    /** The properties that the applications' settings use. */
    public Map<String, String> properties() {
        return Map.of(
                "database.address",
                proxy.host() + ":" + proxy.port(),
                "database.name",
                name,
                "database.user",
                server.admin().user(),
                "database.password",
                server.admin().password());
    }

    List<String> arguments() {
        return properties().entrySet().stream()
                .map(one -> "--" + one.getKey() + "=" + one.getValue())
                .toList();
    }

    @Override
    public void close() {
        proxy.close();
        try {
            server.admin().dropDatabase(name);
        } catch (SQLException failed) {
            throw new IllegalStateException("cannot drop " + name, failed);
        }
    }
}
