package dev.mooring.operations.access;

import dev.mooring.spring.memory.FromMemory;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.request.OwnOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses calls that a web page of another origin makes a browser send, where calls need no key: a browser sends a form or a text to every
 * address, and only hides the answer from the page. Calls that only read go on, because the page does not see their answers. Programs
 * that are no browsers send neither header that this rule looks at. Immutable.
 *
 * @param inForce whether calls need no key
 * @param allowed the origins of pages that may call
 */
record OriginRule(boolean inForce, List<String> allowed) implements FromMemory {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");
    private static final String ALL = "*";

    OriginRule {
        allowed = List.copyOf(allowed);
    }

    /** The refusal; empty if the request may go on. */
    Optional<Problem> refuse(HttpServletRequest request) {
        return inForce && !READING.contains(request.getMethod()) && isForeign(request)
                ? Optional.of(Problem.of(
                        403,
                        "origin_not_allowed",
                        "Without keys, web pages of another origin may not change anything here. Name the origin in"
                                + " CORS_ALLOWED_ORIGINS, or let calls need keys (AUTH_ENABLED=true)."))
                : Optional.empty();
    }

    private boolean isForeign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return !OwnOrigin.is(origin, request) && !isAllowed(origin);
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && OTHER_SITES.contains(site.toLowerCase(Locale.ROOT));
    }

    private boolean isAllowed(String origin) {
        return allowed.contains(ALL)
                || allowed.stream().anyMatch(one -> withoutSlash(one).equalsIgnoreCase(origin));
    }

    private static String withoutSlash(String origin) {
        return origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
    }
}
