package dev.mooring.operations.access;

import dev.mooring.spring.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** Passes an allowed call on, with its caller as the principal, and answers a refused one. */
final class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String CHALLENGE = "Bearer realm=\"mooring\"";

    private final transient Access access;

    AccessFilter(Access access) {
        this.access = access;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Decision decision = access.decide(request.getMethod(), path(request), PresentedKey.of(request));
        if (decision instanceof Decision.Refused refused) {
            if (refused.problem().status() < 500) {
                response.setHeader("WWW-Authenticate", CHALLENGE + refused.challenge());
            }
            ProblemWriter.write(request, response, refused.problem());
        } else if (decision instanceof Decision.Allowed allowed) {
            chain.doFilter(new CalledBy(request, allowed.caller()), response);
        }
    }

    /** The path as the container maps it: decoded, normalized, without parameters of its segments. */
    static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    private static final class CalledBy extends HttpServletRequestWrapper {
        private final Caller caller;

        CalledBy(HttpServletRequest request, Caller caller) {
            super(request);
            this.caller = caller;
        }

        @Override
        public Principal getUserPrincipal() {
            return caller;
        }
    }
}
