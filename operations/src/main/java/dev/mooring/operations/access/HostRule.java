package dev.mooring.operations.access;

import dev.mooring.spring.memory.FromMemory;
import dev.mooring.spring.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses requests for a foreign host name where calls need no key because only this machine reaches the service. Otherwise a web page
 * whose own name leads to 127.0.0.1 could make the browser of this machine call the service. Immutable.
 *
 * @param inForce whether calls need no key and only this machine reaches the service
 */
record HostRule(boolean inForce) implements FromMemory {
    private static final Pattern THIS_MACHINE =
            Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[?::1]?|\\[?0(:0){6}:1]?");

    /** The refusal; empty if the request may go on. */
    Optional<Problem> refuse(HttpServletRequest request) {
        String host = String.valueOf(request.getServerName()).toLowerCase(Locale.ROOT);
        return !inForce || THIS_MACHINE.matcher(host).matches()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        403,
                        "foreign_host",
                        "Without keys the service answers under the names of this machine only, such as localhost or 127.0.0.1. For"
                                + " another name, let calls need keys (AUTH_ENABLED=true)."));
    }
}
