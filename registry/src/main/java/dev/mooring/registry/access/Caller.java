package dev.mooring.registry.access;

import java.security.Principal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who makes a call; the request's {@link jakarta.servlet.http.HttpServletRequest#getUserPrincipal() principal}.
 *
 * @param name who, as it stands in the history and in the audit; idempotency keys are kept apart by it, so no two callers have the
 *     same
 * @param scopes what they may do
 * @param until when their key expires; empty when it does not
 */
public record Caller(String name, Set<Scope> scopes, Optional<Instant> until) implements Principal {
    /** The owner of {@code ADMIN_API_KEY}. */
    static final Caller ADMIN = new Caller("admin", EnumSet.allOf(Scope.class), Optional.empty());

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Whoever calls without a key, who may do this much. */
    static Caller anybody(Set<Scope> scopes) {
        return new Caller("anonymous", scopes, Optional.empty());
    }

    boolean may(Scope what) {
        return scopes.contains(what);
    }

    @Override
    public String getName() {
        return name;
    }
}
