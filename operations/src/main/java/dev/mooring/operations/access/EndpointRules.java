package dev.mooring.operations.access;

import dev.mooring.spring.memory.FromMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which scope the endpoints that declare one need: first those whose path has no variable, then those with variables. Immutable once built. */
final class EndpointRules implements FromMemory {
    /** By method and path. */
    private final Map<String, Need> exact = new HashMap<>();
    /** By method and number of segments. */
    private final Map<String, List<Endpoint>> patterns = new HashMap<>();

    private final Map<Endpoint, Need> needs = new HashMap<>();

    /** What an endpoint needs: a scope, or none because it is open. */
    record Need(Optional<Scope> scope) {}

    /**
     * Adds an endpoint; an empty scope means that it needs no key.
     *
     * @throws IllegalArgumentException another declaration has this endpoint
     */
    void add(Endpoint endpoint, Optional<Scope> scope) {
        if (needs.put(endpoint, new Need(scope)) != null) {
            throw new IllegalArgumentException("two declarations have the scope of " + endpoint);
        }
        if (endpoint.hasVariables()) {
            patterns.computeIfAbsent(size(endpoint.method(), endpoint.segments()), none -> new ArrayList<>())
                    .add(endpoint);
        } else {
            exact.put(endpoint.toString(), new Need(scope));
        }
    }

    /** What the endpoint that this call reaches needs; empty if no endpoint declares it. */
    Optional<Need> declared(String method, String path) {
        String found = Endpoint.found(method);
        Optional<Need> exactly = Optional.ofNullable(exact.get(found + " " + path));
        return exactly.isPresent() || patterns.isEmpty() ? exactly : matching(found, Endpoint.segments(path));
    }

    private Optional<Need> matching(String method, List<String> path) {
        return patterns.getOrDefault(size(method, path), List.of()).stream()
                .filter(pattern -> pattern.matches(path))
                .findFirst()
                .map(needs::get);
    }

    private static String size(String method, List<String> segments) {
        return method + " " + segments.size();
    }
}
