package dev.mooring.spring.correlation;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;

/**
 * Adds the request id and the trace id to every log line that the request's thread writes, and the request id to the response.
 */
public final class CorrelationFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest incoming = (HttpServletRequest) request;
        MDC.put(RequestId.LOG_FIELD, RequestId.of(incoming, (HttpServletResponse) response));
        TraceParent.traceId(incoming.getHeader(TraceParent.HEADER))
                .ifPresent(trace -> MDC.put(TraceParent.LOG_FIELD, trace));
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(RequestId.LOG_FIELD);
            MDC.remove(TraceParent.LOG_FIELD);
        }
    }
}
