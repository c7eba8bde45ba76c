package dev.mooring.postgres.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A parameter that the driver gets as it is.
 *
 * @param name its name in the driver
 * @param words the accepted values, with an article
 * @param accepted whether it accepts a value
 */
record DriverParameter(String name, String words, Predicate<String> accepted) {
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    /**
     * The accepted server types, also in the words of libpq and of older drivers, and the driver's word for each. Those that ask for a standby
     * are not among them: pool and health are about the primary, and a name that leads to a standby only needs no parameter.
     */
    private static final Map<String, String> SERVER_TYPES = Map.of(
            "any", "any",
            "primary", "primary",
            "read-write", "primary",
            "master", "primary",
            "preferPrimary", "preferPrimary");

    private static final List<DriverParameter> ALL = List.of(
            oneOf("autosave", "always", "conservative", "never"),
            oneOf("channelBinding", "disable", "prefer", "require"),
            new DriverParameter("currentSchema", "the name of a schema", value -> !value.isBlank()),
            count("defaultRowFetchSize"),
            oneOf("escapeSyntaxCallMode", "select", "callIfNoReturn", "call"),
            new DriverParameter("options", SessionOptions.WORDS, SessionOptions::accepted),
            count("preparedStatementCacheQueries"),
            count("preparedStatementCacheSizeMiB"),
            oneOf("reWriteBatchedInserts", "true", "false"),
            oneOf("sslNegotiation", "postgres", "direct"),
            oneOf("stringtype", "unspecified", "varchar"),
            new DriverParameter(
                    "targetServerType", "one of any, primary, read-write, preferPrimary", SERVER_TYPES::containsKey));

    /** All of them, in alphabetical order. */
    static List<String> names() {
        return ALL.stream().map(DriverParameter::name).toList();
    }

    /** The parameter with this name in the driver; empty when the driver does not get it. */
    static Optional<DriverParameter> of(String name) {
        return ALL.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** Whether the driver gets this parameter with this value. */
    static boolean accepts(UriQuery.Given given) {
        return of(given.name())
                .filter(known -> known.accepted().test(given.value()))
                .isPresent();
    }

    /** An accepted value, in the words of the driver. */
    static String translated(UriQuery.Given given) {
        return given.name().equals("targetServerType")
                ? SERVER_TYPES.getOrDefault(given.value(), given.value())
                : given.value();
    }

    private static DriverParameter oneOf(String name, String... values) {
        String words = Stream.of(values).collect(Collectors.joining(", ", "one of ", ""));
        return new DriverParameter(name, words, Set.of(values)::contains);
    }

    private static DriverParameter count(String name) {
        return new DriverParameter(
                name, "a whole number", value -> COUNT.matcher(value).matches());
    }
}
