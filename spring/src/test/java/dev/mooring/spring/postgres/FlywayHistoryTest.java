package dev.mooring.spring.postgres;

import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.breaker.TransitionCause;
import dev.mooring.event.MooringEvent;
import dev.mooring.health.DependencyHealth;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Boot's Flyway on a database whose tables are dropped, or that is made anew, under the running application. */
@Timeout(90)
class FlywayHistoryTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @AutoClose
    private static final TestPostgres SERVER = TestPostgres.started();

    private final List<MooringEvent> events = new CopyOnWriteArrayList<>();

    private ApplicationContextRunner application(String database, Map<String, String> more) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SettingsAutoConfiguration.class,
                        SupervisionAutoConfiguration.class,
                        PostgresAutoConfiguration.class,
                        SupervisedDataSourceAutoConfiguration.class,
                        FlywayAutoConfiguration.class))
                .withPropertyValues(
                        "mooring.database.host=" + SERVER.host(),
                        "mooring.database.port=" + SERVER.port(),
                        "mooring.database.user=" + SERVER.admin().user(),
                        "mooring.database.password=" + SERVER.admin().password(),
                        "mooring.database.name=" + database,
                        "mooring.health.check.interval=500ms",
                        "mooring.health.check.timeout=3s")
                .withPropertyValues(more.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .toArray(String[]::new));
    }

    @Test
    void schemaDropped_isMadeAgainBeforeTheApplicationIsReady() throws SQLException {
        SERVER.admin().createDatabase("named");
        Map<String, String> named = Map.of("spring.flyway.schemas", "shop", "spring.flyway.table", "steps");
        application("named", named).run(context -> {
            Mooring mooring = context.getBean(Mooring.class);
            JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
            mooring.addListener(events::add);
            awaitThing(mooring, jdbc, "shop.thing");
            awaitProbeOfTheHistory(mooring);

            SERVER.admin().execute("named", "drop schema shop cascade");

            awaitUnprepared();
            awaitThing(mooring, jdbc, "shop.thing");
        });
    }

    @Test
    void schemaOfTheRole_restoredInPlace_isMigratedAgain() throws SQLException {
        SERVER.admin().createDatabase("standard");
        application("standard", Map.of()).run(context -> {
            Mooring mooring = context.getBean(Mooring.class);
            JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
            mooring.addListener(events::add);
            awaitThing(mooring, jdbc, "thing");
            awaitProbeOfTheHistory(mooring);
            SERVER.admin().execute("standard", "create table of_the_application (n int)");

            SERVER.admin().execute("standard", "drop schema public cascade; create schema public");

            awaitUnprepared();
            awaitThing(mooring, jdbc, "thing");
        });
    }

    /** Two answers: the probe of the first one may have begun before Flyway ended. */
    private static void awaitProbeOfTheHistory(Mooring mooring) {
        for (int i = 0; i < 2; i++) {
            Optional<Instant> before = checkedAt(mooring);
            await().atMost(SOON).until(() -> !checkedAt(mooring).equals(before));
        }
    }

    private static Optional<Instant> checkedAt(Mooring mooring) {
        return mooring.health().dependency("database").flatMap(DependencyHealth::checkedAt);
    }

    private void awaitUnprepared() {
        await().atMost(SOON).until(() -> events.stream()
                .anyMatch(event ->
                        event instanceof MooringEvent.BreakerMoved move && move.cause() == TransitionCause.UNPREPARED));
    }

    private static void awaitThing(Mooring mooring, JdbcClient jdbc, String table) {
        await().atMost(SOON)
                .until(() -> mooring.health().ready() && first(jdbc, table).equals("first"));
    }

    private static String first(JdbcClient jdbc, String table) {
        try {
            return jdbc.sql("select name from " + table).query(String.class).single();
        } catch (DataAccessException notYet) {
            return "";
        }
    }
}
