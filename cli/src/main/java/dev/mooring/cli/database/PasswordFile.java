package dev.mooring.cli.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * libpq's password file: lines of {@code host:port:database:user:password}, where {@code *} stands for anything and a backslash takes the
 * meaning from the next character. As in libpq, the first line that fits counts, and a file that others can read does not count. Immutable.
 */
final class PasswordFile {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);
    private static final int FIELDS = 5;

    private final List<String> lines;

    private PasswordFile(List<String> lines) {
        this.lines = lines;
    }

    /** The file that PGPASSFILE names, else {@code .pgpass} in the home folder; empty where libpq would use none. */
    static Optional<PasswordFile> of(Map<String, String> environment) {
        String named = environment.getOrDefault("PGPASSFILE", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
        try {
            Path file = named.isBlank() ? Path.of(home, ".pgpass") : Path.of(named.strip());
            return Files.isRegularFile(file) && isPrivate(file)
                    ? Optional.of(new PasswordFile(Files.readAllLines(file)))
                    : Optional.empty();
        } catch (IOException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isPrivate(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream().noneMatch(OTHERS::contains);
        } catch (UnsupportedOperationException elsewhere) {
            return true;
        }
    }

    /** The password for a log-in; empty when no line fits. */
    Optional<String> find(String host, String port, String database, String user) {
        List<String> wanted = List.of(host, port, database, user);
        return lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(PasswordFile::fields)
                .filter(fields -> fields.size() == FIELDS && fits(fields, wanted))
                .map(fields -> plain(fields.get(FIELDS - 1)))
                .filter(password -> !password.isEmpty())
                .findFirst();
    }

    private static boolean fits(List<String> fields, List<String> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!fields.get(i).equals("*") && !plain(fields.get(i)).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The fields of a line, with their backslashes. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < line.length() && fields.size() < FIELDS - 1; i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == ':') {
                fields.add(line.substring(begin, i));
                begin = i + 1;
            }
        }
        fields.add(line.substring(begin));
        return fields;
    }

    private static String plain(String field) {
        return field.replaceAll("\\\\(.)", "$1");
    }
}
