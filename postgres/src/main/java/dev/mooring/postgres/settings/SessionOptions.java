package dev.mooring.postgres.settings;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code options} of a connection: session settings as {@code -c name=value}. Those that each log-in sets itself are not accepted,
 * because they would have no effect.
 */
final class SessionOptions {
    static final String WORDS = "session settings as -c name=value, without those that Mooring sets itself"
            + " (statement_timeout, lock_timeout, client_connection_check_interval, tcp_keepalives_idle,"
            + " tcp_keepalives_interval, tcp_keepalives_count, default_transaction_isolation,"
            + " application_name, TimeZone, DateStyle, client_encoding, extra_float_digits)";

    private static final Pattern ONE =
            Pattern.compile("\\s*(?:-c\\s*|--)([A-Za-z_][A-Za-z0-9_.-]*)=((?:\\\\.|[^\\\\\\s])*)(?=\\s|$)");

    private static final Set<String> OURS = Set.of(
            "statement_timeout",
            "lock_timeout",
            "client_connection_check_interval",
            "tcp_keepalives_idle",
            "tcp_keepalives_interval",
            "tcp_keepalives_count",
            "default_transaction_isolation",
            "application_name",
            "timezone",
            "datestyle",
            "client_encoding",
            "extra_float_digits");

    private SessionOptions() {}

    static boolean accepted(String options) {
        Matcher one = ONE.matcher(options.stripTrailing());
        int end = 0;
        while (one.find(end) && one.start() == end) {
            if (OURS.contains(one.group(1).toLowerCase(Locale.ROOT).replace('-', '_'))) {
                return false;
            }
            end = one.end();
        }
        return end > 0 && end == options.stripTrailing().length();
    }
}
