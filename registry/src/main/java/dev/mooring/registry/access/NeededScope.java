package dev.mooring.registry.access;

import java.util.Optional;
import java.util.Set;

/** Which scope a call needs. Of what is not known it is the most guarded one, so that a new call is closed until it stands here. */
final class NeededScope {
    private static final Set<String> HEALTH = Set.of("/health", "/health/live", "/health/ready", "/livez", "/readyz");

    /** Health in the form that operators read, and the figures of operation. */
    private static final Set<String> LOOKED_AT_BY_OPERATORS = Set.of("/health/detailed", "/health/history", "/metrics");

    private static final Set<String> LOOKING = Set.of("GET", "HEAD");

    private NeededScope() {}

    /**
     * The scope of a call; empty when everybody may make it.
     *
     * @param method of HTTP
     * @param path decoded and without the query
     */
    static Optional<Scope> of(String method, String path) {
        if (HEALTH.contains(path)) {
            return Optional.empty();
        }
        boolean looks = LOOKING.contains(method);
        if (isBelow("/models", path) || isBelow("/registrations", path)) {
            return Optional.of(looks ? Scope.MODELS_READ : Scope.MODELS_WRITE);
        }
        boolean known = LOOKED_AT_BY_OPERATORS.contains(path) || isBelow("/ops", path);
        return Optional.of(known && looks ? Scope.OPS_READ : Scope.OPS_ACT);
    }

    private static boolean isBelow(String root, String path) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
