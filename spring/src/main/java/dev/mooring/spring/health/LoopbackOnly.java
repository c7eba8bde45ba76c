package dev.mooring.spring.health;

import dev.mooring.spring.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Allows every request while the service is bound to loopback. Ignores the address of the client, because a proxy may stand in
 * between.
 */
final class LoopbackOnly implements DetailedHealthAccess {
    private final boolean open;

    /** {@code bound} is the address that the server is bound to, or null when it is bound to all. */
    LoopbackOnly(@Nullable InetAddress bound) {
        this.open = bound != null && bound.isLoopbackAddress();
    }

    @Override
    public Optional<Problem> refuse(HttpServletRequest request) {
        return open
                ? Optional.empty()
                : Optional.of(Problem.of(
                        403,
                        "detailed_health_closed",
                        "The service shows details only while it is bound to loopback (server.address=127.0.0.1)."));
    }
}
