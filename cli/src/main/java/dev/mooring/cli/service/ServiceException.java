package dev.mooring.cli.service;

import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.SafeText;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.spring.environment.ExitCode;

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

    /** Says on standard error why there is no result, and as a document on standard output where the user wants one. */
    public int print(Surroundings surroundings, boolean isJson) {
        String why = SafeText.of(String.valueOf(getMessage()));
        if (isJson) {
            surroundings.out().println(JsonDocument.of(JsonDocument.problem(code, why)));
        }
        surroundings.fail(why);
        return ExitCode.FAILED;
    }

    /** The code of the service's refusal, or a code of this program. */
    public String code() {
        return code;
    }
}
