package dev.mooring.registry.gateway;

import dev.mooring.http.StreamedReply;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpHeaders;

/** Writes the head of MLflow's answer to the client. Thread-safe. */
final class Outgoing {
    private static final String LENGTH = "Content-Length";
    private static final String LOCATION = "Location";
    /** An artifact may be a page that a client uploaded. A browser that opens it must not run it as a page of this service. */
    private static final String SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'";

    private final SafeLocation locations;

    Outgoing(SafeLocation locations) {
        this.locations = locations;
    }

    /**
     * Sets status and headers, but not the length.
     *
     * @throws ProblemException the answer redirects to where the client may not go
     */
    void head(Incoming incoming, int status, HttpHeaders headers, HttpServletResponse response) {
        if (Meaning.isRedirect(status)) {
            response.setHeader(LOCATION, location(incoming, headers));
        }
        response.setStatus(status);
        response.addHeader("Content-Security-Policy", SANDBOX);
        for (String name : HeaderGuard.toClient(headers.map().keySet(), headers.allValues("Connection"))) {
            if (!name.equalsIgnoreCase(LOCATION)) {
                headers.allValues(name).forEach(value -> response.addHeader(name, value));
            }
        }
    }

    /**
     * Sets the head and copies the body while it arrives.
     *
     * @throws ProblemException the answer says that MLflow does not work, or redirects to where the client may not go
     */
    void all(Incoming incoming, StreamedReply reply, HttpServletResponse response) throws IOException {
        try {
            Meaning.check(incoming.call(), reply.status(), reply.headers());
        } catch (AwayException away) {
            throw new ProblemException(away.problem());
        }
        head(incoming, reply.status(), reply.headers(), response);
        length(reply, response);
        Copy.rest(incoming, reply, response);
    }

    private String location(Incoming incoming, HttpHeaders headers) {
        return headers.firstValue(LOCATION)
                .flatMap(where -> locations.of(incoming, where))
                .orElseThrow(
                        () -> new ProblemException(
                                Problem.of(
                                        502,
                                        "mlflow_redirects",
                                        "MLflow redirects this call to another server. Set MLFLOW_TRACKING_URI to the address that it leads to.")));
    }

    /** Announces the length that MLflow announced, if it did. */
    static void length(StreamedReply reply, HttpServletResponse response) {
        if (!Meaning.isRedirect(reply.status())) {
            reply.header(LENGTH)
                    .filter(text -> text.matches("\\d{1,18}"))
                    .ifPresent(text -> response.setContentLengthLong(Long.parseLong(text)));
        }
    }
}
