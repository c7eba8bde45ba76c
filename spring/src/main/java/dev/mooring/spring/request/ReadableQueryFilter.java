package dev.mooring.spring.request;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

/**
 * Refuses a request whose query is not UTF-8 encoded as URIs are, with 400 {@code malformed_query}. Without it the server fails in
 * whatever code asks for a parameter first. The server itself refuses such a path.
 */
public final class ReadableQueryFilter implements Filter {
    private ReadableQueryFilter() {}

    /** The filter, before all that reads a parameter. A service defines it as a bean. */
    public static FilterRegistrationBean<?> filter() {
        return FilterOrder.QUERY.register(new ReadableQueryFilter());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest incoming = (HttpServletRequest) request;
        String query = incoming.getQueryString();
        if (query == null || PercentEncoding.isText(query)) {
            chain.doFilter(request, response);
            return;
        }
        Problem unreadable = Problem.of(
                400,
                "malformed_query",
                "The query of the address cannot be read: each % must begin two hexadecimal digits, and the bytes that they"
                        + " stand for must be UTF-8.");
        ProblemWriter.write(incoming, (HttpServletResponse) response, unreadable);
    }
}
