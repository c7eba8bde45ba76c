package dev.mooring.operations.authservice;

import dev.mooring.settings.Secret;

/** Asks whether a key is valid. Thread-safe. */
@FunctionalInterface
interface Validator {
    /** Asks, and waits for at most the time limit of the auth service. Never throws for a failure of the service or of the network. */
    Outcome ask(Secret key, String address);

    /** Whether asking would be refused at once, because the breaker of the auth service is open. Reads memory. */
    default boolean isAway() {
        return false;
    }
}
