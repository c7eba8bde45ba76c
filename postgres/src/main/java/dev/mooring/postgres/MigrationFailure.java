package dev.mooring.postgres;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.connect.PostgresFailures;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a migration failed, in one line for health: which script, where, and what to do. The words of Flyway and of the server go to the log,
 * because they have many lines and may hold data.
 */
final class MigrationFailure {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private static final Map<String, String> WORDS = Map.of(
            "42P07", "a table of that name exists already, and the history does not know it",
            "42P06", "a schema of that name exists already",
            "42701", "a column of that name exists already, and the history does not know it",
            "42P01", "a table that it needs does not exist",
            "42703", "a column that it needs does not exist",
            "23505", "rows that are there break a unique constraint");

    private static final String REFUSED = "42501";

    private MigrationFailure() {}

    static String describe(FlywayException failed, Flyway flyway) {
        Optional<SQLException> refused = FailureClassifier.causes(failed).stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner);
        refused.ifPresent(answer -> LOG.warn("a migration failed, and the server said: {}", oneLine(answer)));
        if (failed instanceof FlywayValidateException) {
            return drift(flyway);
        }
        if (failed.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return "it holds tables but no history of migrations, so they are not ours or were restored without it; empty the schema, or"
                    + " restore the whole of it";
        }
        String what = failed instanceof FlywayMigrateException script ? script(script) : "the migration failed";
        return what
                + refused.map(answer -> ": " + because(answer, flyway)).orElseGet(() -> {
                    LOG.warn("a migration failed: {}", oneLine(failed));
                    return "; the log has the details";
                });
    }

    private static String script(FlywayMigrateException failed) {
        String line = failed.getLineNumber() > 0 ? " at line " + failed.getLineNumber() : "";
        return "script " + failed.getMigration().getScript() + " failed" + line;
    }

    private static String because(SQLException answer, Flyway flyway) {
        String state = String.valueOf(answer.getSQLState());
        if (state.equals(REFUSED)) {
            return MissingRight.of(flyway) + " (SQLSTATE " + state + ")";
        }
        Optional<FailureKind> kind =
                PostgresFailures.INSTANCE.classify(answer).filter(known -> known != FailureKind.UNKNOWN);
        if (WORDS.containsKey(state)) {
            return WORDS.get(state) + " (SQLSTATE " + state + ")";
        }
        return kind.map(known -> known.code() + ". " + PostgresFailures.INSTANCE.hint(known))
                .orElse("the server refused a statement (SQLSTATE " + state + "); the log has its words");
    }

    /** The scripts that do not fit the history. */
    private static String drift(Flyway flyway) {
        List<ValidateOutput> unfit = flyway.validateWithResult().invalidMigrations;
        if (unfit.isEmpty()) {
            return "the history of the schema did not fit the scripts a moment ago";
        }
        return unfit.stream().map(MigrationFailure::unfit).collect(Collectors.joining("; "));
    }

    private static String unfit(ValidateOutput script) {
        String version = script.version == null || script.version.isEmpty() ? script.description : script.version;
        if (script.errorDetails.errorCode == CoreErrorCode.CHECKSUM_MISMATCH) {
            return "the script of version " + version
                    + " was changed after it ran (checksum mismatch); restore the script as it was";
        }
        if (script.errorDetails.errorCode == CoreErrorCode.APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED) {
            return "the history has version " + version
                    + ", which this build does not know; start the build that made it";
        }
        if (script.errorDetails.errorCode == CoreErrorCode.FAILED_VERSIONED_MIGRATION) {
            return "version " + version + " failed half-way; mend the schema and delete its row from the history";
        }
        return "version " + version + " does not fit the history ("
                + String.valueOf(script.errorDetails.errorCode)
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ') + ")";
    }

    private static String oneLine(Throwable error) {
        return String.valueOf(error.getMessage()).strip().replaceAll("\\s+", " ");
    }
}
