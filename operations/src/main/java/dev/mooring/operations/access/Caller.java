package dev.mooring.operations.access;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request; its {@link jakarta.servlet.http.HttpServletRequest#getUserPrincipal() principal}.
 *
 * @param name the caller's name in the history and in the audit. No two callers have the same, so it also keeps their idempotency keys
 *     apart
 * @param scopes what the caller may do
 * @param until when the caller's key expires; empty if it does not expire
 * @param perHour how many requests an hour the key allows; empty if it sets no limit
 */
public record Caller(String name, Set<Scope> scopes, Optional<Instant> until, OptionalInt perHour)
        implements Principal {
    private static final String WITHOUT_KEY = "anonymous";

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** A caller whose key sets no limit of requests. */
    public Caller(String name, Set<Scope> scopes, Optional<Instant> until) {
        this(name, scopes, until, OptionalInt.empty());
    }

    /** The owner of {@code ADMIN_API_KEY}. */
    static Caller admin(Set<Scope> all) {
        return new Caller("admin", all, Optional.empty());
    }

    /** Every caller without a key, with the scopes that are open to all. */
    static Caller anybody(Set<Scope> scopes) {
        return new Caller(WITHOUT_KEY, scopes, Optional.empty());
    }

    /** The name of the caller of a request with this principal; {@code anonymous} when the request has none. */
    public static String nameOf(@Nullable Principal principal) {
        return principal == null ? WITHOUT_KEY : principal.getName();
    }

    /** Whether the caller has sent no valid key. */
    public boolean isAnonymous() {
        return name.equals(WITHOUT_KEY);
    }

    boolean may(Scope what) {
        return scopes.contains(what);
    }

    @Override
    public String getName() {
        return name;
    }
}
