package dev.mooring.registry.service;

import java.security.Security;

/** How long the JVM remembers the addresses of host names: short, so that a failover which moves a name is followed. */
final class NameLookups {
    private static final String SECONDS = "5";

    private NameLookups() {}

    /** Must come before the first lookup; these are properties of the whole JVM and can be set in no other way. */
    static void keepShort() {
        Security.setProperty("networkaddress.cache.ttl", SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        Security.setProperty("networkaddress.cache.stale.ttl", "0");
    }
}
