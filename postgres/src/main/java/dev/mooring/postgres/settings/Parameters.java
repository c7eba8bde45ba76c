package dev.mooring.postgres.settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Parameters that the driver gets as they are, by their names in the driver. All are accepted: {@link DriverParameter} says which.
 *
 * @param values the values by name, in alphabetical order of the names
 */
record Parameters(Map<String, String> values) {
    Parameters {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Reads {@code name=value&name=value}; empty when one of them is not accepted, or twice there. */
    static Optional<Parameters> parse(String text) {
        try {
            return UriQuery.parse(text)
                    .filter(query -> query.repeated().isEmpty())
                    .filter(query -> query.given().values().stream()
                            .allMatch(
                                    one -> DriverParameter.of(one.name()).isPresent() && DriverParameter.accepts(one)))
                    .map(Parameters::of);
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    /** Those of the query that the driver gets and that have a value that it accepts. */
    static Parameters of(UriQuery query) {
        return new Parameters(query.given().entrySet().stream()
                .filter(one -> DriverParameter.accepts(one.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, one -> DriverParameter.translated(one.getValue()))));
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(one -> one.getKey() + "=" + encode(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
