package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What probes make of the traces of start tasks. */
@Timeout(30)
class FootprintTest {
    private static TestPostgres server;
    private final Traced task = new Traced("select 'both tables'::text");
    private final Footprint footprint = new Footprint(List.of(task));

    @BeforeAll
    static void startServer() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @Test
    void lostTraces_areMissing() throws SQLException {
        footprint.note(postgres());

        assertThat(missing(footprint.traces(), "both tables")).isEmpty();
        assertThat(missing(footprint.traces(), "one table")).isPresent();
    }

    @Test
    void probeThatAskedBeforeTheTasksEnded_changesNothingByItsLateAnswer() throws SQLException {
        String before = footprint.traces();
        footprint.note(postgres());

        assertThat(missing(before, "")).isEmpty();
        assertThat(missing(footprint.traces(), "one table")).isPresent();
    }

    @Test
    void probeThatAskedForTheTracesOfLessWork_changesNothingByItsLateAnswer() throws SQLException {
        footprint.note(postgres());
        String less = footprint.traces();
        task.expression = "select 'three tables'::text";
        footprint.note(postgres());

        assertThat(missing(less, "both tables")).isEmpty();
        assertThat(missing(footprint.traces(), "two tables")).isPresent();
    }

    @Test
    void moreWorkDoneElsewhere_isNotedByTheNextProbe() throws SQLException {
        footprint.note(postgres());
        task.expression = "select 'three tables'::text";

        assertThat(missing(footprint.traces(), "three tables")).isEmpty();
        assertThat(missing(footprint.traces(), "two tables")).isPresent();
    }

    private Optional<String> missing(String expression, String present) throws SQLException {
        try (Connection session = postgres().getConnection()) {
            return footprint.missing(footprint.place(session), expression, present);
        }
    }

    private static DataSource postgres() {
        return server.admin().dataSource("postgres");
    }

    private static final class Traced implements DatabaseTask {
        private String expression;

        Traced(String expression) {
            this.expression = expression;
        }

        @Override
        public void run(DataSource connections) {}

        @Override
        public Optional<String> traces() {
            return Optional.of(expression);
        }
    }
}
