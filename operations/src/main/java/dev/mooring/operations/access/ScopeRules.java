package dev.mooring.operations.access;

import dev.mooring.spring.memory.FromMemory;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which scope a call needs, as the features declare it. The nearest declaration counts: the endpoint (method and path), else the path
 * itself, else the longest root above it. A call without a declaration needs {@link Scope#OPS_ACT}, so a new endpoint is closed until its feature declares it. Immutable.
 */
public final class ScopeRules implements FromMemory {
    private final Map<String, EndpointScopes> byPath = new HashMap<>();
    private final Map<String, EndpointScopes> byRoot = new HashMap<>();
    private final EndpointRules byEndpoint = new EndpointRules();
    private final Set<Scope> known = new TreeSet<>(List.of(Scope.OPS_READ, Scope.OPS_ACT));

    /**
     * The rules of these features.
     *
     * @throws IllegalArgumentException two features declare the same path or endpoint
     */
    public ScopeRules(List<EndpointScopes> features) {
        for (EndpointScopes feature : features) {
            feature.paths().forEach(path -> put(byPath, path, feature));
            feature.roots().forEach(root -> put(byRoot, root, feature));
            feature.readers().forEach(text -> byEndpoint.add(Endpoint.of(text), feature.reading()));
            feature.writers().forEach(text -> byEndpoint.add(Endpoint.of(text), feature.writing()));
            Stream.of(feature.reading(), feature.writing())
                    .flatMap(Optional::stream)
                    .forEach(known::add);
        }
    }

    private static void put(Map<String, EndpointScopes> rules, String path, EndpointScopes feature) {
        if (rules.put(path, feature) != null) {
            throw new IllegalArgumentException("two features declare the scopes of " + path);
        }
    }

    /**
     * The scope of a call; empty when it needs no key.
     *
     * @param method the HTTP method
     * @param path the decoded path, without the query
     */
    public Optional<Scope> needed(String method, String path) {
        return byEndpoint.declared(method, path).map(EndpointRules.Need::scope).orElseGet(() -> byPath(method, path));
    }

    private Optional<Scope> byPath(String method, String path) {
        return declared(path).map(feature -> feature.neededFor(method, path)).orElse(Optional.of(Scope.OPS_ACT));
    }

    private Optional<EndpointScopes> declared(String path) {
        EndpointScopes exactly = byPath.get(path);
        String root = path;
        while (exactly == null && !root.isEmpty()) {
            exactly = byRoot.get(root);
            root = root.substring(0, Math.max(0, root.lastIndexOf('/')));
        }
        return Optional.ofNullable(exactly);
    }

    /** The declared path that decides about a call, or the declared root with an ellipsis: it holds nothing that a client named. */
    Optional<String> place(String path) {
        if (byPath.containsKey(path)) {
            return Optional.of(path);
        }
        String root = path;
        while (!root.isEmpty() && !byRoot.containsKey(root)) {
            root = root.substring(0, Math.max(0, root.lastIndexOf('/')));
        }
        return Optional.of(root)
                .filter(found -> !found.isEmpty())
                .map(found -> found.equals(path) ? found : found + "/…");
    }

    /** Every scope that a call may need, in order. A key may carry each of them. */
    public Set<Scope> known() {
        return Collections.unmodifiableSet(known);
    }
}
