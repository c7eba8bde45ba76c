package dev.mooring.registry.mirror;

/** MLflow did not answer a read, or what answered was not MLflow, so the read says nothing. It is expected, so it has no stack trace. */
final class AwayException extends Exception {
    private static final long serialVersionUID = 1;

    AwayException(String message) {
        super(message, null, false, false);
    }
}
