package dev.mooring.registry.models;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call: what is entered in the history, and in whose name an idempotency key is valid.
 *
 * @param name the API key, by its name and id; {@code admin}; {@code anonymous} where no keys are asked for
 */
record Actor(String name) {

    /** The one that access control found, if it asked at all. */
    static Actor of(@Nullable Principal principal) {
        return new Actor(principal == null ? "anonymous" : principal.getName());
    }
}
