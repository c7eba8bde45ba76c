package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two databases in one process, both set up in code, on two servers. */
@Tag("server")
@Timeout(90)
class TwoDatabasesTest {
    @AutoClose
    private final TestPostgres ordersServer = TestPostgres.started();

    @AutoClose
    private final TestPostgres reportsServer = TestPostgres.started();

    private final AtomicReference<String> vault = new AtomicReference<>("first");

    @TempDir
    private Path folder;

    private TwoDatabases started() throws Exception {
        ordersServer.admin().createRole("clerk", "pw");
        ordersServer.admin().createDatabase("orders", "clerk");
        reportsServer.admin().createRole("reader", "first");
        reportsServer.admin().createDatabase("reports", "reader");
        Path password = Files.writeString(folder.resolve("password"), "pw\n");
        String uri = "postgresql://reader@127.0.0.1:" + reportsServer.port() + "/reports";
        TwoDatabases both = new TwoDatabases("127.0.0.1", ordersServer.port(), password, uri, vault::get);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> status(both, "orders") == Status.UP && status(both, "reports") == Status.UP);
        return both;
    }

    @Test
    void oneKilled_theOtherGoesOn_andTheKilledOneComesBack() throws Exception {
        try (TwoDatabases both = started()) {
            assertThat(name(both.orders.dataSource())).isEqualTo("orders");
            assertThat(name(both.reports.dataSource())).isEqualTo("reports");

            reportsServer.kill();
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                assertThat(name(both.orders.dataSource()))
                        .as("a call in the outage of the other")
                        .isEqualTo("orders");
                return status(both, "reports") == Status.DOWN;
            });
            assertThatThrownBy(() -> name(both.reports.dataSource()))
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasCauseInstanceOf(DependencyUnavailableException.class)
                    .hasMessageContaining("reports is not available");
            assertThat(status(both, "orders")).isEqualTo(Status.UP);
            assertThat(both.mooring.health().ready()).isTrue();
            assertThat(name(both.orders.dataSource())).isEqualTo("orders");
            assertThat(both.orders.dependency().breaker().counts().refused()).isZero();

            reportsServer.start();
            await().atMost(Duration.ofSeconds(15)).until(() -> status(both, "reports") == Status.UP);
            assertThat(name(both.reports.dataSource())).isEqualTo("reports");
        }
    }

    @Test
    void pools_ofBoth_haveNamesAndThreadsOfTheirOwn() throws Exception {
        try (TwoDatabases both = started()) {
            assertThat(List.of(both.orders, both.reports))
                    .extracting(one ->
                            one.dataSource().unwrap(HikariDataSource.class).getPoolName())
                    .containsExactly("mooring-orders", "mooring-reports");
            assertThat(both.orders.pool().max()).isEqualTo(10);
            assertThat(both.reports.pool().max()).isEqualTo(3);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .anyMatch(name -> name.startsWith("mooring-orders"))
                    .anyMatch(name -> name.startsWith("mooring-reports"))
                    .noneMatch(name -> name.startsWith("mooring-database"));
        }
    }

    @Test
    void passwordFromASupplier_rotated_isUsedByTheNextLogIn() throws Exception {
        try (TwoDatabases both = started();
                Logged logged = Logged.of("dev.mooring.postgres.connection")) {
            // A log-in between the two changes below would have the old password.
            await().until(() -> both.reports.pool().idle() == 2);
            reportsServer.admin().changePassword("reader", "second");
            vault.set("second");
            reportsServer.admin().disconnectAll();

            await().atMost(Duration.ofSeconds(15)).until(() -> works(both.reports.dataSource()));
            assertThat(logged.lines()).noneMatch(line -> line.contains("authentication"));
        }
    }

    @Test
    void passwordFromASupplier_thatThrows_harmsItsOwnDatabaseOnly() throws Exception {
        try (TwoDatabases both = started()) {
            vault.set(null);
            reportsServer.admin().disconnectAll();

            await().atMost(Duration.ofSeconds(15)).until(() -> works(both.reports.dataSource()));
            assertThat(name(both.orders.dataSource())).isEqualTo("orders");
        }
    }

    private static Status status(TwoDatabases both, String dependency) {
        return both.mooring.health().dependency(dependency).orElseThrow().status();
    }

    private static boolean works(DataSource source) {
        try {
            return !name(source).isEmpty();
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static String name(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_database()")) {
            row.next();
            return row.getString(1);
        }
    }
}
