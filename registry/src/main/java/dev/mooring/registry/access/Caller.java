package dev.mooring.registry.access;

import java.security.Principal;

/**
 * Who makes a call; the request's {@link jakarta.servlet.http.HttpServletRequest#getUserPrincipal() principal}.
 *
 * @param name who, as it stands in the history of a model; idempotency keys are kept apart by it
 */
public record Caller(String name) implements Principal {
    /** The owner of {@code ADMIN_API_KEY}. */
    static final Caller ADMIN = new Caller("admin");
    /** Whoever calls where no key is asked for. */
    static final Caller ANYBODY = new Caller("anonymous");

    @Override
    public String getName() {
        return name;
    }
}
