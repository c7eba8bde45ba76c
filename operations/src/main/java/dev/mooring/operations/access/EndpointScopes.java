package dev.mooring.operations.access;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * The scopes that the endpoints of one feature need. Each feature declares its own as a bean; a call that no feature declares needs
 * {@code ops:act}. Immutable.
 *
 * @param reading the scope of calls that read; empty when these need no key
 * @param writing the scope of all other calls; empty when these need no key
 * @param paths paths without what is below them, such as {@code /health/detailed}
 * @param roots paths with everything below them, such as {@code /models}
 * @param reads which calls of these paths and roots read, by method and path
 * @param readers endpoints that need {@code reading} whatever their method, such as {@code POST /models/search}
 * @param writers endpoints that need {@code writing} whatever their method
 */
public record EndpointScopes(
        Optional<Scope> reading,
        Optional<Scope> writing,
        Set<String> paths,
        Set<String> roots,
        BiPredicate<String, String> reads,
        Set<String> readers,
        Set<String> writers) {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Pattern PATH = Pattern.compile("(/[^/]+)+");

    /**
     * Checks the paths and the endpoints.
     *
     * @throws IllegalArgumentException a path does not begin with a slash or ends with one (but {@link #at} takes {@code /}), or an endpoint does not have the form {@code
     *     METHOD /path/{variable}}
     */
    public EndpointScopes {
        paths = Set.copyOf(paths);
        roots = Set.copyOf(roots);
        readers = Set.copyOf(readers);
        writers = Set.copyOf(writers);
        paths.stream().filter(path -> !path.equals("/")).forEach(EndpointScopes::check);
        roots.forEach(EndpointScopes::check);
        for (Set<String> all : List.of(readers, writers)) {
            all.forEach(Endpoint::of);
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
        return of(Optional.of(reading), Optional.of(writing));
    }

    /** Endpoints that need no key. */
    public static EndpointScopes open() {
        return of(Optional.empty(), Optional.empty());
    }

    private static EndpointScopes of(Optional<Scope> reading, Optional<Scope> writing) {
        return new EndpointScopes(
                reading, writing, Set.of(), Set.of(), EndpointScopes::readsByMethod, Set.of(), Set.of());
    }

    /** The same, also for exactly these paths. */
    public EndpointScopes at(String... more) {
        return new EndpointScopes(reading, writing, with(paths, more), roots, reads, readers, writers);
    }

    /** The same, also for these paths and everything below them. */
    public EndpointScopes below(String... more) {
        return new EndpointScopes(reading, writing, paths, with(roots, more), reads, readers, writers);
    }

    /**
     * The same, but {@code rule} says which calls of these paths and roots read, by method and decoded path: for a protocol that has a table
     * of its endpoints. Without it GET and HEAD read. The rule is thread-safe and does not wait.
     */
    public EndpointScopes readingWhere(BiPredicate<String, String> rule) {
        return new EndpointScopes(reading, writing, paths, roots, rule, readers, writers);
    }

    /**
     * The same, also for these endpoints, which need the scope for reading whatever their method: a search that sends its question as a
     * POST. An endpoint is written {@code POST /things/{id}/search}; a variable stands for one segment of the path.
     */
    public EndpointScopes readers(String... more) {
        return new EndpointScopes(reading, writing, paths, roots, reads, with(readers, more), writers);
    }

    /** The same, also for these endpoints, which need the scope for writing whatever their method: a GET that changes something. */
    public EndpointScopes writers(String... more) {
        return new EndpointScopes(reading, writing, paths, roots, reads, readers, with(writers, more));
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private static boolean readsByMethod(String method, String path) {
        return READING.contains(method);
    }

    Optional<Scope> neededFor(String method, String path) {
        return reads.test(method, path) ? reading : writing;
    }
}
