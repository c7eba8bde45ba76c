package dev.mooring.spring.problem;

import dev.mooring.spring.correlation.RequestId;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** Writes all error responses, each in the {@link ErrorForm} of its path; without one as {@code application/problem+json}. */
public final class ProblemWriter {
    /** The attribute of a request that holds the value of {@code WWW-Authenticate} for its refusal, where the refusing filter knows more than the scheme. */
    public static final String CHALLENGE = ProblemWriter.class.getName() + ".challenge";

    /** HTTP requires the header {@code WWW-Authenticate} with this status. */
    private static final int UNAUTHORIZED = 401;
    /** The request's attribute with the problem that was its answer. */
    private static final String WRITTEN = ProblemWriter.class.getName() + ".written";

    private ProblemWriter() {}

    /**
     * Sends {@code problem} as the response and discards what the response buffer holds. Does nothing if the response is
     * already committed, because the client then has its beginning.
     */
    public static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        write(request, response, problem, ErrorForms.in(request.getServletContext()));
    }

    /** The problem that was the answer to this request; empty where there was none. */
    public static Optional<Problem> written(ServletRequest request) {
        return Optional.ofNullable((Problem) request.getAttribute(WRITTEN));
    }

    /** The same for a request that the container has not given to an application. */
    static void write(HttpServletRequest request, HttpServletResponse response, Problem problem, ErrorForms forms)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        request.setAttribute(WRITTEN, problem);
        ErrorAnswer answer = forms.answer(request, problem, RequestId.of(request, response));
        response.setStatus(answer.status());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        SafeAnswer.mark(response);
        answer.retryAfter()
                .ifPresent(
                        wait -> response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(RetryAfter.seconds(wait))));
        if (request.getAttribute(CHALLENGE) instanceof String challenge) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        } else if (answer.status() == UNAUTHORIZED && !response.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        response.setContentType(answer.contentType());
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
        response.flushBuffer();
    }
}
