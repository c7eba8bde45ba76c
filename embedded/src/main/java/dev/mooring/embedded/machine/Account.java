package dev.mooring.embedded.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A user of the operating system.
 *
 * @param name the name; empty for the user of this process
 * @param uid the number of the user
 * @param gid the number of the user's own group
 */
public record Account(String name, int uid, int gid) {
    /** The number of root. */
    public static final int ROOT = 0;

    /** The users that exist on most systems and own nothing of value there; the first that exists runs PostgreSQL in place of root. */
    private static final String CANDIDATES = "postgres nobody";

    /** Asks the system, because Java knows neither the number of its own user nor those of others. */
    private static final String LIST = "echo :$(id -u):$(id -g); for user in " + CANDIDATES
            + "; do id -u $user >/dev/null 2>&1 && echo $user:$(id -u $user):$(id -g $user); done; exit 0";

    private static final Map<String, Account> KNOWN = read();

    /** The user of this process. */
    public static Account ofThisProcess() {
        return KNOWN.getOrDefault("", new Account("", -1, -1));
    }

    /** The user that runs a program which must not have root's rights: {@code postgres}, else {@code nobody}; empty if there is neither. */
    static Optional<Account> withoutRights() {
        return KNOWN.values().stream()
                .filter(account -> !account.name().isEmpty() && account.uid() > ROOT)
                .findFirst();
    }

    /** Whether {@code uid} is one of the users that may have run PostgreSQL in place of root. */
    static boolean mayHaveRun(int uid) {
        return KNOWN.values().stream().anyMatch(account -> !account.name().isEmpty() && account.uid() == uid);
    }

    private static Map<String, Account> read() {
        Map<String, Account> accounts = new LinkedHashMap<>();
        try {
            Process shell = new ProcessBuilder("sh", "-c", LIST).start();
            shell.getOutputStream().close();
            String[] lines = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n", -1);
            for (String line : lines) {
                String[] parts = line.split(":", -1);
                if (parts.length == 3 && parts[1].matches("\\d{1,9}") && parts[2].matches("\\d{1,9}")) {
                    accounts.put(
                            parts[0], new Account(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
                }
            }
            return accounts;
        } catch (IOException noShell) {
            throw new UncheckedIOException("no shell to ask for the users of this system", noShell);
        }
    }
}
