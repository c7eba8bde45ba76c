package dev.mooring.spring.correlation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of a request: the one that the client sent if it is well-formed, otherwise a new UUID. Every response carries it. */
public final class RequestId {
    /** The header that carries the id, in requests and in responses. */
    public static final String HEADER = "X-Request-ID";
    /** The name of the id in the logging context (MDC), in log lines and in problem bodies. */
    public static final String LOG_FIELD = "request_id";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RequestId() {}

    /** The id of this request. The first call sets it as a header of the response. */
    public static String of(HttpServletRequest request, HttpServletResponse response) {
        String given = response.getHeader(HEADER);
        if (given != null) {
            return given;
        }
        String id = taken(request.getHeader(HEADER));
        response.setHeader(HEADER, id);
        return id;
    }

    private static String taken(@Nullable String offered) {
        return offered != null && FORM.matcher(offered).matches()
                ? offered
                : UUID.randomUUID().toString();
    }
}
