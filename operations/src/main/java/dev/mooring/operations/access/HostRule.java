package dev.mooring.operations.access;

import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.memory.FromMemory;
import dev.mooring.spring.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses requests for a foreign host name where calls need no key because only this machine reaches the service. Otherwise a web page
 * whose own name leads to 127.0.0.1 could make the browser of this machine call the service. Immutable.
 *
 * @param names the names that the service answers under; empty if it answers under all
 */
record HostRule(Set<String> names) implements FromMemory {
    private static final Set<String> THIS_MACHINE =
            new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1"));

    HostRule {
        names = Set.copyOf(names);
    }

    /** Answers under every name. */
    static HostRule none() {
        return new HostRule(Set.of());
    }

    /** Answers under the names of this machine, and under the address that the service is bound to. */
    static HostRule ofThisMachine(Settings settings) {
        Set<String> names = new LinkedHashSet<>(THIS_MACHINE);
        names.add(settings.get(ServiceSettings.BIND_ADDRESS).toLowerCase(Locale.ROOT));
        return new HostRule(names);
    }

    /** The refusal; empty if the request may go on. */
    Optional<Problem> refuse(HttpServletRequest request) {
        return names.isEmpty() || names.contains(host(request))
                ? Optional.empty()
                : Optional.of(Problem.of(
                        403,
                        "foreign_host",
                        "Without keys the service answers under the names of this machine only: localhost, 127.0.0.1 and [::1]. For"
                                + " another name, let calls need keys (AUTH_ENABLED=true)."));
    }

    private static String host(HttpServletRequest request) {
        String host = String.valueOf(request.getServerName()).toLowerCase(Locale.ROOT);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
