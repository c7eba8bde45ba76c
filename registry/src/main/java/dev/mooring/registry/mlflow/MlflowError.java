package dev.mooring.registry.mlflow;

import dev.mooring.spring.json.JsonObject;
import dev.mooring.spring.problem.Problem;

/**
 * An error answer in MLflow's form.
 *
 * @param status the HTTP status
 * @param code the error code
 * @param message what is wrong and what to do, for people
 */
public record MlflowError(int status, MlflowErrorCode code, String message) {
    /**
     * The form of an error of any layer of this service. It keeps the status, because clients repeat calls by their status; only what is
     * wrong with the request itself is 400, as MLflow answers it.
     */
    public static MlflowError of(Problem problem) {
        boolean mistake = problem.status() == 415 || problem.status() == 422;
        return new MlflowError(mistake ? 400 : problem.status(), code(problem), message(problem));
    }

    private static String message(Problem problem) {
        return problem.status() == 401
                ? problem.detail() + " MLflow's client sends the key that MLFLOW_TRACKING_TOKEN holds."
                : problem.detail();
    }

    private static MlflowErrorCode code(Problem problem) {
        return switch (problem.status()) {
            case 401 -> MlflowErrorCode.UNAUTHENTICATED;
            case 403 -> MlflowErrorCode.PERMISSION_DENIED;
            case 404 -> MlflowErrorCode.ENDPOINT_NOT_FOUND;
            case 409 -> MlflowErrorCode.RESOURCE_CONFLICT;
            case 422 -> MlflowErrorCode.INVALID_PARAMETER_VALUE;
            case 429 -> MlflowErrorCode.REQUEST_LIMIT_EXCEEDED;
            case 500 -> MlflowErrorCode.INTERNAL_ERROR;
            case 501 -> MlflowErrorCode.NOT_IMPLEMENTED;
            case 408, 502, 503, 504 -> MlflowErrorCode.TEMPORARILY_UNAVAILABLE;
            default -> problem.status() < 500 ? MlflowErrorCode.BAD_REQUEST : MlflowErrorCode.INTERNAL_ERROR;
        };
    }

    /** The body, JSON in UTF-8. */
    public byte[] body() {
        return new JsonObject()
                .put("error_code", code.name())
                .put("message", message)
                .bytes();
    }
}
