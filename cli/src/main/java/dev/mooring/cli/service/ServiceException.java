package dev.mooring.cli.service;

/** A running service does not answer, or refuses. The message is one line for the person at the terminal. */
final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ServiceException(String message) {
        super(message, null, false, false);
    }
}
