package dev.mooring.postgres.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The encryption of a connection, in PostgreSQL's own words. */
public enum SslMode {
    /** Never. */
    DISABLE,
    /** When the server insists. */
    ALLOW,
    /** When the server offers it. */
    PREFER,
    /** Always; any certificate will do. */
    REQUIRE,
    /** Always; a known authority must have signed the certificate. */
    VERIFY_CA,
    /** Always; signed by a known authority and made for this host name. */
    VERIFY_FULL;

    /** The mode as PostgreSQL writes it, for example {@code verify-full}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the client checks the server's certificate. */
    public boolean verifies() {
        return compareTo(VERIFY_CA) >= 0;
    }

    static Optional<SslMode> of(String code) {
        return Stream.of(values()).filter(mode -> mode.code().equals(code)).findFirst();
    }
}
