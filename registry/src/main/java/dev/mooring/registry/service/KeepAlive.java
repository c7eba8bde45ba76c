package dev.mooring.registry.service;

/**
 * Limits how long the JVM keeps idle connections to HTTP backends. MLflow's server closes its own after 5 s, so a longer time here lets calls fail
 * that meet a connection in the moment of its end.
 */
final class KeepAlive {
    private static final String PROPERTY = "jdk.httpclient.keepalive.timeout";
    private static final String SECONDS = "4";

    private KeepAlive() {}

    /** Call it before the first client is made. A value from the command line stays. It sets a property of the whole JVM, because Java offers no other way. */
    static void keepShort() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, SECONDS);
        }
    }
}
