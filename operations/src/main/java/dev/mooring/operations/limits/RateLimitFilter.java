package dev.mooring.operations.limits;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.RequestPath;
import dev.mooring.operations.access.Scope;
import dev.mooring.operations.access.ScopeRules;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import dev.mooring.spring.problem.RetryAfter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses the requests of a caller that are more than its quotas, and tells every other request what is left. It limits no call that
 * needs a scope of operations and none that needs no key, because operators need those most when a client runs wild.
 */
final class RateLimitFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient ScopeRules rules;
    private final transient RateLimits limits;
    private final transient Optional<Quota> all;

    /** {@code all} is the quota that each caller has. */
    RateLimitFilter(ScopeRules rules, RateLimits limits, Optional<Quota> all) {
        this.rules = rules;
        this.limits = limits;
        this.all = all;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<Quota> quotas = quotas(request);
        if (quotas.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Grant grant = limits.take(new RateLimits.Limited(name(request), quotas));
        response.setHeader("RateLimit-Policy", grant.policy());
        response.setHeader("RateLimit", grant.left());
        if (grant.refusedFor().isPresent()) {
            ProblemWriter.write(
                    request, response, refused(grant, grant.refusedFor().get()));
        } else {
            chain.doFilter(request, response);
        }
    }

    private List<Quota> quotas(HttpServletRequest request) {
        Optional<Scope> needed = rules.needed(request.getMethod(), RequestPath.of(request));
        if (needed.isEmpty() || needed.get().isOfOperations()) {
            return List.of();
        }
        List<Quota> quotas = new ArrayList<>();
        all.ifPresent(quotas::add);
        if (request.getUserPrincipal() instanceof Caller caller
                && caller.perHour().isPresent()) {
            quotas.add(Quota.perHour(caller.perHour().getAsInt()));
        }
        return quotas;
    }

    /** The owner of a limit: callers without a key have one for each address. No address holds a slash, and no name of a caller ends with one. */
    private static String name(HttpServletRequest request) {
        Caller caller = request.getUserPrincipal() instanceof Caller known ? known : null;
        return caller == null || caller.isAnonymous() ? request.getRemoteAddr() + "/" : caller.name();
    }

    private static Problem refused(Grant grant, Duration wait) {
        return Problem.of(
                        429,
                        "rate_limited",
                        "This caller has used up its quota of requests; the next one is possible in "
                                + RetryAfter.seconds(wait) + " s.")
                .withRetryAfter(wait)
                .with("violated-policies", grant.violated());
    }
}
