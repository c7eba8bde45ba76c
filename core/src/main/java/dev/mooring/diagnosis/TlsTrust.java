package dev.mooring.diagnosis;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a certificate of a server has to be.
 *
 * @param verification how much of it counts
 * @param authorities file of the authorities (PEM) that may sign it; empty for those of the JDK
 */
public record TlsTrust(Verification verification, Optional<Path> authorities) {
    /** How much of a certificate counts. */
    public enum Verification {
        /** Any certificate will do. */
        NOTHING,
        /** A known authority must have signed it. */
        AUTHORITY,
        /** A known authority must have signed it for this host. */
        AUTHORITY_AND_NAME
    }
}
