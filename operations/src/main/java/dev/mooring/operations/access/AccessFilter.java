package dev.mooring.operations.access;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import dev.mooring.spring.request.Degraded;
import dev.mooring.spring.requestlog.RequestLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;

/**
 * Passes an allowed call on, with its caller as the principal, and answers a refused one. Only a key that memory does not know waits for
 * the service that may know it.
 */
final class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient Access access;
    private final transient ValidatedKeys elsewhere;
    private final transient HostRule hosts;
    private final transient OriginRule origins;
    private final transient RefusedKeys refusals;

    AccessFilter(Access access, ValidatedKeys elsewhere, HostRule hosts, OriginRule origins, RefusedKeys refusals) {
        this.access = access;
        this.elsewhere = elsewhere;
        this.hosts = hosts;
        this.origins = origins;
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Problem> foreign = hosts.refuse(request).or(() -> origins.refuse(request));
        if (foreign.isPresent()) {
            ProblemWriter.write(request, response, foreign.get());
            return;
        }
        Decision decision = decide(request, response);
        if (decision instanceof Decision.Refused refused) {
            refusals.count(refused.reason(), request.getRemoteAddr());
            access.place(RequestPath.of(request)).ifPresent(place -> request.setAttribute(RequestLog.PATH, place));
            refused.challenge(request);
            ProblemWriter.write(request, response, refused.problem());
        } else if (decision instanceof Decision.Allowed allowed) {
            if (access.needsKey(request.getMethod(), RequestPath.of(request))) {
                // Caches know that an answer to Authorization belongs to one caller, but not that one to X-API-Key
                // does.
                response.setHeader("Cache-Control", "no-store");
            }
            request.setAttribute(RequestLog.CALLER, allowed.caller().name());
            chain.doFilter(new CalledBy(request, allowed.caller()), response);
        }
    }

    private Decision decide(HttpServletRequest request, HttpServletResponse response) {
        Decision decision = access.decide(request.getMethod(), RequestPath.of(request), PresentedKey.of(request));
        if (!(decision instanceof Decision.AskElsewhere ask)) {
            return decision;
        }
        ValidatedKeys.Verdict verdict = elsewhere.check(ask.key(), request.getRemoteAddr());
        if (verdict instanceof ValidatedKeys.Verdict.Valid valid && valid.inGrace()) {
            Degraded.mark(response, "auth");
        }
        return Access.decide(ask.needed(), verdict);
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
