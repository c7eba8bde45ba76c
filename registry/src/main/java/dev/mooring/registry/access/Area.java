package dev.mooring.registry.access;

import java.util.Set;

/** Parts of the interface that differ in who may use them. What is not known is taken for the most guarded one. */
enum Area {
    /** Health as load balancers and orchestrators ask for it. */
    HEALTH,
    /** The core work. */
    MODELS,
    /** What operators see and do. */
    OPERATIONS;

    private static final Set<String> HEALTH_PATHS =
            Set.of("/health", "/health/live", "/health/ready", "/livez", "/readyz");

    /** The area of a path, decoded and without the query. */
    static Area of(String path) {
        if (HEALTH_PATHS.contains(path)) {
            return HEALTH;
        }
        return isBelow("/models", path) || isBelow("/registrations", path) ? MODELS : OPERATIONS;
    }

    private static boolean isBelow(String root, String path) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
