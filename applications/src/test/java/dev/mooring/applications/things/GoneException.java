package dev.mooring.applications.things;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** An exception of an application that names its own status. */
@ResponseStatus(HttpStatus.GONE)
final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GoneException() {
        super("gone");
    }
}
