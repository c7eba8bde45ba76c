package dev.mooring.operations.access;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The scopes that the endpoints of one feature need. Each feature declares its own as a bean; a call that no feature declares needs
 * {@code ops:act}. Immutable.
 *
 * @param reading the scope of GET and HEAD; empty when these need no key
 * @param writing the scope of every other method; empty when these need no key
 * @param paths paths without what is below them, such as {@code /health/detailed}
 * @param roots paths with everything below them, such as {@code /models}
 */
public record EndpointScopes(Optional<Scope> reading, Optional<Scope> writing, Set<String> paths, Set<String> roots) {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Pattern PATH = Pattern.compile("(/[^/]+)+");

    /**
     * Checks the paths.
     *
     * @throws IllegalArgumentException a path does not begin with a slash, or ends with one
     */
    public EndpointScopes {
        paths = Set.copyOf(paths);
        roots = Set.copyOf(roots);
        for (Set<String> all : List.of(paths, roots)) {
            all.forEach(EndpointScopes::check);
        }
    }

    private static void check(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "a path begins with a slash and does not end with one, unlike \"" + path + "\"");
        }
    }

    /** Endpoints that need {@code reading} for GET and HEAD, and {@code writing} for every other method. */
    public static EndpointScopes of(Scope reading, Scope writing) {
        return new EndpointScopes(Optional.of(reading), Optional.of(writing), Set.of(), Set.of());
    }

    /** Endpoints that need no key. */
    public static EndpointScopes open() {
        return new EndpointScopes(Optional.empty(), Optional.empty(), Set.of(), Set.of());
    }

    /** The same, also for exactly these paths. */
    public EndpointScopes at(String... more) {
        return new EndpointScopes(reading, writing, with(paths, more), roots);
    }

    /** The same, also for these paths and everything below them. */
    public EndpointScopes below(String... more) {
        return new EndpointScopes(reading, writing, paths, with(roots, more));
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    Optional<Scope> neededFor(String method) {
        return READING.contains(method) ? reading : writing;
    }
}
