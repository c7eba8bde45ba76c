package dev.mooring.registry.mlflow;

import java.util.Optional;

/**
 * A call of MLflow's interface.
 *
 * @param method the HTTP method
 * @param path the path
 * @param endpoint the endpoint; empty if MLflow has none under this method and path, as far as this release knows
 */
public record MlflowCall(String method, MlflowPath path, Optional<MlflowEndpoint> endpoint) {
    /** The call of a method on a decoded path; empty if the path does not belong to MLflow. */
    public static Optional<MlflowCall> of(String method, String path) {
        return MlflowPath.of(path).map(found -> new MlflowCall(method, found, MlflowEndpoints.find(method, found)));
    }

    /** What the call does. Of an unknown endpoint only GET, HEAD and OPTIONS are taken for reads. */
    public Effect effect() {
        return endpoint.map(MlflowEndpoint::effect).orElseGet(() -> switch (method) {
            case "GET", "HEAD", "OPTIONS" -> Effect.READ;
            default -> Effect.WRITE;
        });
    }

    /** The part of MLflow to which the call belongs. */
    public Area area() {
        return endpoint.map(MlflowEndpoint::area)
                .orElse(path.resource().startsWith("2.0/mlflow-artifacts/") ? Area.ARTIFACTS : Area.OTHER);
    }
}
