package dev.mooring.spring.problem;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.time.Deadline;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.QueryTimeoutException;

/**
 * Answers calls to a database that failed with the connection: the connection broke, the server ended it or accepted none, or the
 * deadline of the request cut the call. An error of a statement is not among them.
 */
final class ConnectionFailures implements ProblemReader {
    /** The SQL states of a broken or refused connection begin with this. */
    private static final String CONNECTION = "08";
    /** The server stops, crashed, or still starts. */
    private static final Set<String> SERVER_ENDS = Set.of("57P01", "57P02", "57P03");
    /** The server cancelled the statement. */
    private static final String CANCELLED = "57014";

    @Override
    public Optional<Problem> read(Throwable error) {
        return FailureClassifier.causes(error).stream().anyMatch(ConnectionFailures::isOne)
                ? Optional.of(DatabaseProblem.ofCall(error))
                : Optional.empty();
    }

    private static boolean isOne(Throwable cause) {
        if (cause instanceof QueryTimeoutException) {
            return isTimeOver();
        }
        if (!(cause instanceof SQLException failed)) {
            return false;
        }
        String state = String.valueOf(failed.getSQLState());
        boolean isCut = cause instanceof SQLTimeoutException || state.equals(CANCELLED);
        return isCut ? isTimeOver() : state.startsWith(CONNECTION) || SERVER_ENDS.contains(state);
    }

    private static boolean isTimeOver() {
        return Deadline.current().filter(end -> end.left().isZero()).isPresent();
    }
}
