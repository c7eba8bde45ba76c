package dev.mooring.testing.postgres;

import java.util.ArrayList;
import java.util.List;

/** PostgreSQL refuses to run as root. Where a test does, as in many containers, it gets a user namespace in which it is nobody. */
final class Unprivileged {
    /** Runs the command that follows in a user namespace of its own. */
    static final List<String> AS_NOBODY = List.of("unshare", "--user");

    private Unprivileged() {}

    /** The command that runs this program without the rights of root, as the same user where that is not root. */
    static List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(AS_NOBODY);
        }
        command.add(program);
        command.addAll(List.of(arguments));
        return command;
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
