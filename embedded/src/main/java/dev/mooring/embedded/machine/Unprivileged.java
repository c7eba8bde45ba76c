package dev.mooring.embedded.machine;

import java.util.List;
import java.util.stream.Stream;

/**
 * Runs programs without the rights of root, with which PostgreSQL refuses to run. Where this JVM runs as root, as in many containers,
 * a program runs in a user namespace of its own, in which it has no user's rights.
 */
public final class Unprivileged {
    /** Runs the command that follows in a user namespace of its own. */
    public static final List<String> AS_NOBODY = List.of("unshare", "--user");

    private Unprivileged() {}

    /** Whether this JVM runs as root. */
    public static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** The command that does the same without the rights of root; the same command where this JVM has none. */
    public static List<String> command(List<String> command) {
        return isRoot() ? Stream.concat(AS_NOBODY.stream(), command.stream()).toList() : command;
    }
}
