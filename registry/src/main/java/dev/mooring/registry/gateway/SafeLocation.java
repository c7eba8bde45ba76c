package dev.mooring.registry.gateway;

import java.net.URI;
import java.util.Optional;

/**
 * Translates where MLflow redirects a client to. Only a path of MLflow's own that may be forwarded leads on, and it leads through this service:
 * clients cannot reach MLflow's host and shall not learn its name. Immutable.
 */
final class SafeLocation {
    private final URI mlflow;

    /** @param mlflow the address of the MLflow server */
    SafeLocation(URI mlflow) {
        this.mlflow = mlflow;
    }

    /** The path for the client; empty if the redirect leads elsewhere. */
    Optional<String> of(Incoming incoming, String location) {
        URI target;
        try {
            target = URI.create(mlflow + incoming.target()).resolve(location);
        } catch (IllegalArgumentException unclean) {
            return Optional.empty();
        }
        String base = mlflow.getRawPath();
        if (!isMlflow(target) || !target.getRawPath().startsWith(base)) {
            return Optional.empty();
        }
        String path = incoming.call().path().mount() + target.getRawPath().substring(base.length());
        String query = target.getRawQuery();
        return PathGuard.path(path).map(forwardable -> query == null ? path : path + "?" + query);
    }

    private boolean isMlflow(URI target) {
        return target.getRawAuthority() != null
                && target.getRawAuthority().equalsIgnoreCase(mlflow.getRawAuthority())
                && target.getRawPath() != null;
    }
}
