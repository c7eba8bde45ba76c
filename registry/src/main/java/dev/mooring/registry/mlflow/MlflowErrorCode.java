package dev.mooring.registry.mlflow;

/** An error code of MLflow. */
public enum MlflowErrorCode {
    /** A parameter is missing, has the wrong type, or a value that is not accepted. */
    INVALID_PARAMETER_VALUE(400),
    /** There is a model of this name. */
    RESOURCE_ALREADY_EXISTS(400),
    /** The request is not what the endpoint takes. */
    BAD_REQUEST(400),
    /** The call has no key, or one that is not valid. */
    UNAUTHENTICATED(401),
    /** The key may not make this call, or the call wants what no caller may. */
    PERMISSION_DENIED(403),
    /** There is no such model, version or alias. */
    RESOURCE_DOES_NOT_EXIST(404),
    /** There is no such endpoint. */
    ENDPOINT_NOT_FOUND(404),
    /** The call contradicts another one. */
    RESOURCE_CONFLICT(409),
    /** The caller has made too many calls. */
    REQUEST_LIMIT_EXCEEDED(429),
    /** A defect of the server. */
    INTERNAL_ERROR(500),
    /** The server does not have this part of MLflow. */
    NOT_IMPLEMENTED(501),
    /** The server cannot do it now. */
    TEMPORARILY_UNAVAILABLE(503);

    private final int status;

    MlflowErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status with which MLflow sends it. */
    public int status() {
        return status;
    }
}
