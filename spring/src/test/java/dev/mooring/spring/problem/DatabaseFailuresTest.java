package dev.mooring.spring.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;

class DatabaseFailuresTest {
    private final DatabaseFailures failures = new DatabaseFailures();

    @Test
    void connectionOrTimeLost_is503() {
        SQLException lost = new SQLTransientConnectionException("lost", "08006");

        assertThat(failures.read(new CannotGetJdbcConnectionException("no connection", lost)))
                .hasValueSatisfying(DatabaseFailuresTest::isUnavailable)
                .hasValueSatisfying(problem -> assertThat(problem.detail()).endsWith("nothing was changed."));
        assertThat(failures.read(new CannotCreateTransactionException("no transaction", lost)))
                .hasValueSatisfying(DatabaseFailuresTest::isUnavailable);
        assertThat(failures.read(new QueryTimeoutException("too late", new SQLTimeoutException())))
                .hasValueSatisfying(DatabaseFailuresTest::isUnavailable);
    }

    @Test
    void readOnlyDatabase_is503() {
        SQLException readOnly = new SQLException("cannot execute INSERT in a read-only transaction", "25006");

        assertThat(failures.read(new UncategorizedSQLException("insert", "insert …", readOnly)))
                .hasValueSatisfying(DatabaseFailuresTest::isUnavailable);
    }

    @Test
    void missingRight_is503() {
        SQLException refused = new SQLException("permission denied for table model", "42501");

        assertThat(failures.read(new BadSqlGrammarException("select", "select 1", refused)))
                .hasValueSatisfying(DatabaseFailuresTest::isUnavailable);
    }

    @Test
    void mistakeOfOurs_isNotKnown() {
        assertThat(failures.read(new BadSqlGrammarException("select", "selct 1", new SQLException("syntax", "42601"))))
                .isEmpty();
        assertThat(failures.read(new DuplicateKeyException("twice"))).isEmpty();
        assertThat(failures.read(new IllegalStateException("something else"))).isEmpty();
    }

    @Test
    void eachCause_isNamedByItsKindAndInWords() {
        names("read_only", "takes no writes", "25006");
        names("permission_denied", "a right that it needs", "42501");
        names("disk_full", "disk of the database is full", "53100");
        names("statement_timeout", "did not carry this call out in time", "57014");
        names("shutting_down", "server stopped", "57P01");
        names("connection_lost", "connection to the database broke", "08006");
        names("unknown", "connection to it broke", "53200");
        assertThat(failures.read(new QueryTimeoutException("too late", new SQLTimeoutException("late", "HYT00"))))
                .hasValueSatisfying(problem -> assertThat(problem.more()).containsEntry("kind", "response_timeout"));
        assertThat(failures.read(new CannotGetJdbcConnectionException("none", new SQLException("full", "53300"))))
                .hasValueSatisfying(
                        problem -> assertThat(problem.more()).containsEntry("kind", "too_many_connections"));
    }

    private void names(String kind, String words, String state) {
        SQLException failed = new SQLException("canceling statement due to statement timeout", state);
        assertThat(failures.read(new TransientDataAccessResourceException("failed", failed)))
                .hasValueSatisfying(DatabaseFailuresTest::isUnavailable)
                .hasValueSatisfying(problem -> {
                    assertThat(problem.more()).containsEntry("kind", kind);
                    assertThat(problem.detail()).contains(words);
                });
    }

    private static void isUnavailable(Problem problem) {
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.code()).isEqualTo("database_unavailable");
        assertThat(problem.retryAfterSeconds()).contains(1L);
    }
}
