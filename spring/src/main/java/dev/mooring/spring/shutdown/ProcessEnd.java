package dev.mooring.spring.shutdown;

/** Finds out whether the JVM ends, after a signal such as SIGTERM or a call of {@code System.exit}. */
final class ProcessEnd {
    private ProcessEnd() {}

    /** Whether the JVM runs its shutdown hooks, among them Boot's, which closes the context. */
    static boolean hasBegun() {
        Thread probe = new Thread(); // it never runs: the JVM refuses it or it is taken back at once
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            boolean wasThere = Runtime.getRuntime().removeShutdownHook(probe);
            assert wasThere : "added just now";
            return false;
        } catch (IllegalStateException endsAlready) {
            return true;
        }
    }
}
