package dev.mooring.cli.service;

/** A running service does not answer, or refuses. The message is one line for the person at the terminal. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The code of a service that cannot be reached. */
    public static final String UNREACHABLE = "service_unreachable";

    private final String code;

    public ServiceException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The code of the service's refusal, or a code of this program. */
    public String code() {
        return code;
    }
}
