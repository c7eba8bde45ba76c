package dev.mooring.embedded.machine;

import java.util.List;
import java.util.stream.Stream;

/**
 * Runs programs without the rights of root, because PostgreSQL refuses to run as root. Where this JVM runs as root, as in many containers,
 * a program runs in a user namespace of its own, in which it has the rights of no user.
 */
public final class Unprivileged {
    /** Runs the command that follows in a user namespace of its own. */
    public static final List<String> AS_NOBODY = List.of("unshare", "--user");

    private Unprivileged() {}

    /** Whether this JVM runs as root. */
    public static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** The command that runs {@code command} without the rights of root; {@code command} itself where this JVM is not root. */
    public static List<String> command(List<String> command) {
        return isRoot() ? Stream.concat(AS_NOBODY.stream(), command.stream()).toList() : command;
    }
}
