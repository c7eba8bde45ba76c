package dev.mooring.testing.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of one server, as far as a test touches them. */
final class DataDirectory {
    private static final int LINE_OF_PID = 0;
    private static final int LINE_OF_SHARED_MEMORY = 6;
    private static final int LINE_OF_STATE = 7;

    private final Path path;

    DataDirectory(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    Path tables() {
        return path.resolve("base");
    }

    void configure(Map<String, String> settings) {
        StringBuilder configuration = new StringBuilder();
        settings.forEach((name, value) -> configuration
                .append(name)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        write("postgresql.conf", configuration.toString());
        write(
                "pg_hba.conf",
                "host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n");
    }

    /** The next start is that of a standby. */
    void markAsStandby() {
        write("standby.signal", "");
    }

    /** Whether the server with this process id says that it takes connections. */
    boolean saysReady(long pid) {
        String owner = lineOfPidFile(LINE_OF_PID).orElse("").strip();
        String state = lineOfPidFile(LINE_OF_STATE).orElse("").strip();
        return owner.equals(String.valueOf(pid)) && (state.equals("ready") || state.equals("standby"));
    }

    /** The id of the System V shared memory that a server which was killed has left behind. */
    Optional<String> sharedMemoryLeftBehind() {
        return lineOfPidFile(LINE_OF_SHARED_MEMORY)
                .map(line -> line.strip().split("\\s+", -1))
                .filter(keyAndId -> keyAndId.length == 2)
                .map(keyAndId -> keyAndId[1]);
    }

    /** What a server that was killed has left behind; does nothing if there is no such file. */
    void deletePidFile() {
        try {
            Files.deleteIfExists(path.resolve("postmaster.pid"));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete the pid file of the server in " + path, failed);
        }
    }

    private Optional<String> lineOfPidFile(int index) {
        try {
            List<String> lines = Files.readAllLines(path.resolve("postmaster.pid"));
            return index < lines.size() ? Optional.of(lines.get(index)) : Optional.empty();
        } catch (IOException noServer) {
            return Optional.empty();
        }
    }

    private void write(String file, String content) {
        try {
            Files.writeString(path.resolve(file), content);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file + " of the server in " + path, failed);
        }
    }
}
