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

    /** Whether every connection is encrypted. */
    public boolean encrypts() {
        return compareTo(REQUIRE) >= 0;
    }

    /** Whether the client checks the server's certificate. */
    public boolean verifies() {
        return compareTo(VERIFY_CA) >= 0;
    }

    /** The mode that verifies this server's certificate: with its name, unless the address is an IP address, which few certificates have. */
    static SslMode verifying(Address address) {
        return address.hasNamesOnly() ? VERIFY_FULL : VERIFY_CA;
    }

    /** Reads a mode as PostgreSQL writes it, in upper or lower case. */
    public static Optional<SslMode> of(String code) {
        String wanted = code.toLowerCase(Locale.ROOT).replace('_', '-');
        return Stream.of(values()).filter(mode -> mode.code().equals(wanted)).findFirst();
    }
}
