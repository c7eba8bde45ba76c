package dev.mooring.registry.mlflow;

import dev.mooring.spring.body.Text;

/** Ends a call with an error in MLflow's form. It is an intended answer, so it has no stack trace. */
public final class MlflowException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 1_000;

    private final MlflowErrorCode code;

    /**
     * Ends the call.
     *
     * @param code the error code
     * @param message what is wrong and what to do, for people; never a secret. It may repeat what the client sent, and is cut after 1,000
     *     characters
     */
    public MlflowException(MlflowErrorCode code, String message) {
        super(Text.shown(message, LONGEST), null, false, false);
        this.code = code;
    }

    /** A parameter has a value that is not accepted. */
    public static MlflowException invalid(String message) {
        return new MlflowException(MlflowErrorCode.INVALID_PARAMETER_VALUE, message);
    }

    /** The call names something that does not exist. */
    public static MlflowException absent(String message) {
        return new MlflowException(MlflowErrorCode.RESOURCE_DOES_NOT_EXIST, message);
    }

    /** The error as it is sent. */
    public MlflowError error() {
        return new MlflowError(code.status(), code, String.valueOf(getMessage()));
    }
}
