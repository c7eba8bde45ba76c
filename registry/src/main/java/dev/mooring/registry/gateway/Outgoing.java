package dev.mooring.registry.gateway;

import dev.mooring.http.HttpCallException;
import dev.mooring.http.StreamedReply;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;

/** Writes the head of MLflow's answer to the client. Thread-safe. */
final class Outgoing {
    private static final String LENGTH = "Content-Length";
    private static final String LOCATION = "Location";
    /** An artifact may be a page that a client uploaded. A browser that opens it must not run it as a page of this service. */
    private static final String SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'";

    /** The container takes 8 KiB, with those of this service. */
    private static final int MOST_HEADERS = 6 * 1024;

    private final SafeLocation locations;

    Outgoing(SafeLocation locations) {
        this.locations = locations;
    }

    /**
     * Sets status and headers, but not the length.
     *
     * @throws ProblemException the answer redirects to where the client may not go, or its headers are too large
     */
    void head(Incoming incoming, int status, HttpHeaders headers, HttpServletResponse response) {
        List<String> names = HeaderGuard.toClient(headers.map().keySet(), headers.allValues("Connection"));
        if (size(names, headers) > MOST_HEADERS) {
            throw new ProblemException(Away.tooManyHeaders());
        }
        if (Meaning.isRedirect(status)) {
            response.setHeader(LOCATION, location(incoming, headers));
        }
        response.setStatus(status);
        response.addHeader("Content-Security-Policy", SANDBOX);
        for (String name : names) {
            if (!name.equalsIgnoreCase(LOCATION)) {
                headers.allValues(name).forEach(value -> response.addHeader(name, value));
            }
        }
    }

    /** How many bytes they have on the wire. */
    private static int size(List<String> names, HttpHeaders headers) {
        return names.stream()
                .flatMap(name -> headers.allValues(name).stream()
                        .map(value -> name.length() + ": \r\n".length() + value.length()))
                .mapToInt(Integer::intValue)
                .sum();
    }

    /**
     * Sets the head and copies the body while it arrives.
     *
     * @throws ProblemException the answer says that MLflow does not work, breaks off before anything of it went out, or redirects to where the
     *     client may not go
     */
    void all(Incoming incoming, StreamedReply reply, HttpServletResponse response) throws IOException {
        byte[] beginning;
        try {
            Meaning.check(incoming.call(), reply.status(), reply.headers());
            beginning = Copy.beginning(reply);
        } catch (AwayException away) {
            throw new ProblemException(away.problem());
        } catch (HttpCallException ended) {
            throw new ProblemException(Away.of(ended));
        }
        head(incoming, reply.status(), reply.headers(), response);
        length(reply, response);
        response.getOutputStream().write(beginning);
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
