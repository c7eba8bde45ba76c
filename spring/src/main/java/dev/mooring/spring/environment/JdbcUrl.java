package dev.mooring.spring.environment;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The URL of an application's own data source, as our settings read it. Our own URI ends the start at a parameter without an effect; that of an
 * application was valid before the starter came, so such a parameter is left out.
 *
 * @param kept the URL with the parameters that our settings take from it
 * @param leftOut the names of the other parameters
 */
record JdbcUrl(String kept, Set<String> leftOut) {
    private static final Set<String> TAKEN =
            Set.of("user", "password", "sslmode", "applicationname", "preparethreshold");
    private static final Set<String> SECONDS = Set.of("connecttimeout", "sockettimeout");

    static JdbcUrl of(String url) {
        int question = url.indexOf('?');
        if (question < 0) {
            return new JdbcUrl(url, Set.of());
        }
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> written = new LinkedHashMap<>();
        for (String pair : url.substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            values.put(key(name), equals < 0 ? "" : pair.substring(equals + 1));
            written.put(key(name), name);
        }
        StringBuilder kept = new StringBuilder();
        Set<String> leftOut = new TreeSet<>();
        values.forEach((key, value) -> {
            if (isTaken(key, value, Optional.ofNullable(values.get("sslmode")))) {
                kept.append(kept.isEmpty() ? '?' : '&')
                        .append(written.get(key))
                        .append('=')
                        .append(encoded(value));
            } else if (!key.isEmpty()) {
                leftOut.add(String.valueOf(written.get(key)));
            }
        });
        return new JdbcUrl(url.substring(0, question) + kept, leftOut);
    }

    /** The spellings of the driver and of libpq are one parameter: {@code connectTimeout}, {@code connect_timeout}. */
    private static String key(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isTaken(String key, String value, Optional<String> sslMode) {
        if (key.equals("sslrootcert")) {
            // In other modes the driver does not use the file.
            return !value.isBlank() && sslMode.orElse("").startsWith("verify-");
        }
        return (TAKEN.contains(key) && !value.isBlank()) || (SECONDS.contains(key) && value.matches("[1-9]\\d{0,8}"));
    }

    /** The driver splits at the first {@code ?} and at each {@code &}, so that it takes these as they are. */
    private static String encoded(String value) {
        return value.replace("@", "%40").replace("#", "%23");
    }

    /** Without the parameters, of which one may be a password. */
    @Override
    public String toString() {
        return "JdbcUrl[leftOut=" + leftOut + "]";
    }
}
