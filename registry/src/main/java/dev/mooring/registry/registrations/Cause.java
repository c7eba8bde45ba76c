package dev.mooring.registry.registrations;

import dev.mooring.spring.body.Text;
import java.util.regex.Pattern;

/** MLflow's message of a rejection, as clients may see it: one line, not long, and without SQL. */
final class Cause {
    private static final int LONGEST = 500;
    /** Of the message; the search for SQL takes time that grows faster than its length. */
    private static final int LONGEST_READ = 5_000;

    private static final Pattern SQL = Pattern.compile(
            "\\[SQL|\\(Background on this error|\\b(?:psycopg2?|sqlalchemy|sqlite3)\\b|\\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\\b .*\\b(?:FROM|VALUES|SET|WHERE)\\b",
            Pattern.DOTALL);

    private Cause() {}

    static String of(String message) {
        String line = Text.shown(message, LONGEST_READ)
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        if (line.isEmpty() || SQL.matcher(line).find()) {
            return "MLflow refuses the registration (INVALID_PARAMETER_VALUE).";
        }
        return Text.shown(line, LONGEST);
    }
}
