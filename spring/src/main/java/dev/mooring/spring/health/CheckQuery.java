package dev.mooring.spring.health;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request for liveness or readiness asks for, in the words of Kubernetes' own paths.
 *
 * @param verbose whether the answer has a line for each check ({@code ?verbose}, with any value)
 * @param excluded the names of checks that do not count ({@code ?exclude=NAME}, repeated for several)
 */
record CheckQuery(boolean verbose, Set<String> excluded) {
    private static final CheckQuery PLAIN = new CheckQuery(false, Set.of());
    private static final String VERBOSE = "verbose";
    private static final String EXCLUDE = "exclude=";

    /** Reads a raw query. Names of checks need no escapes, so a name with one is the name of none. */
    static CheckQuery of(@Nullable String query) {
        if (query == null) {
            return PLAIN;
        }
        List<String> parameters = Arrays.asList(query.split("&", -1));
        return new CheckQuery(
                parameters.stream().anyMatch(one -> one.equals(VERBOSE) || one.startsWith(VERBOSE + "=")),
                parameters.stream()
                        .filter(one -> one.startsWith(EXCLUDE))
                        .map(one -> one.substring(EXCLUDE.length()))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether it asks for the answer that every request without a query gets. */
    boolean isPlain() {
        return !verbose && excluded.isEmpty();
    }
}
