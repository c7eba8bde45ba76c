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
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

/**
 * Refuses a request whose path or query is not UTF-8 encoded as URIs are, with 400 {@code malformed_address}. Without it a container
 * reads such a path as another text than the client meant, and fails in whatever code asks for a parameter first.
 */
public final class ReadableAddressFilter implements Filter {
    private ReadableAddressFilter() {}

    /** The filter, before all that reads a path or a parameter. A service defines it as a bean. */
    public static FilterRegistrationBean<?> filter() {
        return FilterOrder.ADDRESS.register(new ReadableAddressFilter());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest incoming = (HttpServletRequest) request;
        String unreadable = unreadable(incoming);
        if (unreadable == null) {
            chain.doFilter(request, response);
            return;
        }
        ProblemWriter.write(
                incoming,
                (HttpServletResponse) response,
                Problem.of(
                        400,
                        "malformed_address",
                        "The " + unreadable
                                + " of the address cannot be read: each % must begin two hexadecimal digits, and the"
                                + " bytes that they stand for must be UTF-8."));
    }

    private static @Nullable String unreadable(HttpServletRequest request) {
        if (!PercentEncoding.isText(request.getRequestURI())) {
            return "path";
        }
        String query = request.getQueryString();
        return query == null || PercentEncoding.isText(query) ? null : "query";
    }
}
