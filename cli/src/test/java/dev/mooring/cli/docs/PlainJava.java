package dev.mooring.cli.docs;

// tag::program
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mooring.Mooring;
import dev.mooring.health.HealthReport;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.InvalidSettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** A service that starts before its database, answers health from memory, and refuses at once while the database is down. */
public final class PlainJava {
    private PlainJava() {}

    public static void main(String[] arguments) throws IOException {
        try {
            start(PostgresSettings.fromEnvironment());
        } catch (InvalidSettingsException mistakes) {
            System.err.println(mistakes.getMessage());
            System.exit(2);
        }
    }

    private static void start(PostgresSettings settings) throws IOException {
        Postgres postgres = Postgres.of(settings);
        Mooring mooring = Mooring.supervise(postgres.dependency());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/health/ready", exchange -> {
            HealthReport health = mooring.health(); // a read of memory, never of the network
            boolean ready = health.ready();
            answer(
                    exchange,
                    ready ? 200 : 503,
                    health.overall() + " " + (ready ? health.warnings() : health.reasons()));
        });
        server.createContext("/now", exchange -> {
            try {
                answer(exchange, 200, now(postgres.dataSource()));
            } catch (SQLException refused) {
                answer(exchange, 503, refused.getMessage());
            }
        });
        server.start();
        System.out.println("listening on http:/" + server.getAddress());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(mooring, server, postgres), "stop"));
    }

    private static String now(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select now()")) {
            result.next();
            return result.getString(1);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void stop(Mooring mooring, HttpServer server, Postgres postgres) {
        mooring.shuttingDown(); // not ready from now on; a real service waits here until load balancers have noticed
        server.stop(5); // requests that run may finish
        mooring.close();
        postgres.close();
    }
}
// end::program
