package dev.mooring.registry.service;

import java.security.Security;

/** Keeps the JVM's cache of addresses short, so that the service follows a failover that moves a host name. */
final class NameLookups {
    private static final String SECONDS = "5";

    private NameLookups() {}

    /** Call it before the first lookup. It sets properties of the whole JVM, because Java offers no other way. */
    static void keepShort() {
        Security.setProperty("networkaddress.cache.ttl", SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        Security.setProperty("networkaddress.cache.stale.ttl", "0");
    }
}
