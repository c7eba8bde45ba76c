package dev.mooring.embedded.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a process of root becomes another user.
 *
 * @param user the other user
 * @param prefix what goes before a command
 */
record ChangeOfUser(Account user, List<String> prefix) {
    private static final long LIMIT_SECONDS = 10;

    /** Takes the ids as {@code setpriv} does, for systems without that program. */
    private static final String IN_PERL = "my ($u, $g) = splice(@ARGV, 0, 2); $) = \"$g $g\"; POSIX::setgid($g);"
            + " POSIX::setuid($u); ($< == $u && $> == $u) or die \"the user's id cannot be changed: $!\\n\";"
            + " exec { $ARGV[0] } @ARGV or die \"$ARGV[0]: $!\\n\";";

    /** The first way that worked; null before. Guarded by the lock of this class. */
    private static @Nullable ChangeOfUser found;

    /**
     * The way that works on this system, which the first call tries out.
     *
     * @throws IllegalStateException none works; the message is one line for people
     */
    static synchronized ChangeOfUser possible() {
        if (found == null) {
            found = find();
        }
        return found;
    }

    private static ChangeOfUser find() {
        Account user = Account.withoutRights()
                .orElseThrow(() -> refused("this system has neither a user postgres nor a user nobody"));
        String uid = String.valueOf(user.uid());
        String gid = String.valueOf(user.gid());
        List<String> failures = new ArrayList<>();
        for (List<String> prefix : List.of(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--no-new-privs"),
                List.of("perl", "-MPOSIX", "-e", IN_PERL, uid, gid))) {
            ChangeOfUser way = new ChangeOfUser(user, prefix);
            String failure = way.failureOf(List.of("true"));
            if (failure == null) {
                return way;
            }
            failures.add(failure);
        }
        throw refused(
                "this process cannot take the id of user " + user.name() + " (" + String.join("; ", failures) + ")");
    }

    /** Whether the other user may run a command that changes nothing: it ends with 0. */
    boolean permits(List<String> command) {
        return failureOf(command) == null;
    }

    /** Runs a command as the other user; the first line that it printed when it failed, else null. */
    private @Nullable String failureOf(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return prefix.get(0) + ": no answer within " + LIMIT_SECONDS + " s";
            }
            return process.exitValue() == 0 ? null : printed.lines().findFirst().orElse("");
        } catch (IOException noSuchProgram) {
            return String.valueOf(noSuchProgram.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + prefix.get(0) + " was tried", interrupted);
        }
    }

    private static IllegalStateException refused(String reason) {
        return new IllegalStateException(
                "PostgreSQL does not run as root, and " + reason + "; run this program as an ordinary user");
    }
}
