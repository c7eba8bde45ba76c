package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where the start tasks did their work, and what they left there. The thread of the last task notes both; probes compare. A database that
 * was dropped and made anew, or another server at the same address, is another place; a dropped schema, and one that was restored from a
 * dump, show other traces. Thread-safe.
 */
final class Footprint {
    private static final String SYSTEM = "(select system_identifier from pg_catalog.pg_control_system())";
    private static final String DATABASE =
            "(select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())";

    /** The server refuses a right to the user. */
    private static final String REFUSED = "42501";

    private static final String NOTHING = "''";

    private final List<DatabaseTask> tasks;

    /** Whether the server keeps its identifier from this user. Volatile: probe threads write and read it. */
    private volatile boolean systemIsSecret;

    /** Where the tasks ended last, and what they left. Volatile: the thread of a task writes it, probe threads write and read it. */
    private volatile @Nullable Mark left;

    private record Mark(String place, String expression, String traces) {}

    Footprint(Collection<DatabaseTask> tasks) {
        this.tasks = List.copyOf(tasks);
    }

    /** An SQL expression of type text for what the tasks left; an empty text until they have ended for the first time. */
    String traces() {
        return left == null ? NOTHING : expression();
    }

    private String expression() {
        String all = tasks.stream()
                .flatMap(task -> task.traces().stream())
                .map(one -> "(" + one + ")")
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? NOTHING : "pg_catalog.concat_ws('/', " + all + ")";
    }

    /** An SQL expression of type text for the tables that the user may not read; null when there is none. */
    String unreadable() {
        return together(DatabaseTask::unreadable);
    }

    /** An SQL expression of type text for the writes that the user may not make; null when there is none. */
    String unwritable() {
        return together(DatabaseTask::unwritable);
    }

    private String together(Function<DatabaseTask, Optional<String>> expression) {
        String all = tasks.stream()
                .flatMap(task -> expression.apply(task).stream())
                .map(one -> "(" + one + ")")
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "null::text" : "nullif(pg_catalog.concat_ws(', ', " + all + "), '')";
    }

    /** Which database of which server a session is in. It stays the same as long as the session lives. */
    String place(Connection session) throws SQLException {
        if (tasks.isEmpty()) {
            return "";
        }
        try {
            return ask(session, systemIsSecret ? DATABASE : SYSTEM + " || '/' || " + DATABASE);
        } catch (SQLException refused) {
            if (!REFUSED.equals(refused.getSQLState()) || systemIsSecret) {
                throw refused;
            }
            systemIsSecret = true;
            return ask(session, DATABASE);
        }
    }

    /** Notes where the last task has just ended, and what the tasks left there. */
    void note(DataSource connections) throws SQLException {
        try (Connection session = connections.getConnection()) {
            String expression = expression();
            left = new Mark(place(session), expression, ask(session, expression));
        }
    }

    /**
     * Why the tasks have to run again, in one line; empty when their work is in place, and before they ended for the first time.
     *
     * @param expression what {@link #traces} was when the probe asked; where tasks name other traces than before, because more work was done
     *     elsewhere, what is there now is what they left
     * @param present its value
     */
    Optional<String> missing(String place, String expression, String present) {
        Mark mark = left;
        if (mark == null) {
            return Optional.empty();
        }
        if (!mark.place().equals(place)) {
            return Optional.of(
                    "another database answers: it was made anew, restored, or the address leads to another server");
        }
        if (!tasks.stream().allMatch(DatabaseTask::isComplete)) {
            return Optional.of("a start task has more to do");
        }
        if (!mark.expression().equals(expression)) {
            // A probe may have asked before the mark was made. What it saw would hide what was lost since.
            if (expression.equals(expression())) {
                left = new Mark(place, expression, present);
            }
            return Optional.empty();
        }
        return mark.traces().equals(present)
                ? Optional.empty()
                : Optional.of("tables or columns that the start tasks made were removed, or restored from a dump");
    }

    private static String ask(Connection session, String expression) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("select " + expression)) {
            row.next();
            return Objects.requireNonNullElse(row.getString(1), "");
        }
    }
}
