package dev.mooring.embedded;

import dev.mooring.embedded.machine.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code postmaster.pid}, the file in the data directory in which a running server describes itself. Its lines are: process id,
 * folder, start time, port, …, shared memory, state. Each call reads the file again. Thread-safe.
 */
public final class PidFile {
    private static final int PID = 0;
    private static final int STARTED = 2;
    private static final int SHARED_MEMORY = 6;
    private static final int STATE = 7;
    private static final Set<String> READY = Set.of("ready", "standby");
    /**
     * Most by which the file's start time and the operating system's may differ: the server takes its own a moment later, and both round.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final Path path;

    /** The file of the server on this data directory; it need not exist. */
    public PidFile(Path data) {
        this.path = data.resolve("postmaster.pid");
    }

    /** Whether the file names this process id and says that the server takes connections, as a primary or as a hot standby. */
    public boolean saysReady(long pid) {
        return line(PID).filter(String.valueOf(pid)::equals).isPresent()
                && line(STATE).filter(READY::contains).isPresent();
    }

    /** The server that still runs on this data: the process with the file's process id and start time that runs {@code postgres}. */
    Optional<ProcessHandle> server() {
        return process().filter(this::isTheOneThatWroteIt);
    }

    /** The id of the server's System V shared memory, which a killed server leaves behind. */
    public Optional<String> sharedMemory() {
        return line(SHARED_MEMORY)
                .map(line -> line.split("\\s+", -1))
                .filter(keyAndId -> keyAndId.length == 2)
                .map(keyAndId -> keyAndId[1]);
    }

    /** Deletes the file, which a killed server leaves behind; does nothing if there is none. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /**
     * Deletes the file if its process id now belongs to another process: a new server would take that process for a running server. If no
     * process has the id, the file stays: a new server checks by itself that no process of the old one is left.
     */
    void deleteIfReused() throws IOException {
        if (process().isPresent() && server().isEmpty()) {
            delete();
        }
    }

    private Optional<ProcessHandle> process() {
        return line(PID).flatMap(PidFile::number).flatMap(ProcessHandle::of);
    }

    private boolean isTheOneThatWroteIt(ProcessHandle process) {
        Optional<Instant> written = line(STARTED).flatMap(PidFile::number).map(Instant::ofEpochSecond);
        Optional<Instant> actual = process.info().startInstant();
        boolean sameUser =
                process.info().user().map(user -> user.equals(owner())).orElse(true);
        boolean sameStart = written.isPresent()
                && actual.isPresent()
                && Duration.between(actual.get(), written.get()).abs().compareTo(TOLERANCE) < 0;
        // The user of the data could name any process here, so it must be one of that user. The system may hide the
        // command: a process with that id and that start time is then taken for the server.
        return sameUser
                && sameStart
                && process.info()
                        .command()
                        .map(program -> program.endsWith("postgres"))
                        .orElse(true);
    }

    private String owner() {
        try {
            return Ownership.of(path).owner();
        } catch (IOException noServer) {
            return "";
        }
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    private Optional<String> line(int index) {
        try {
            List<String> lines =
                    OwnFile.read(path).map(text -> text.lines().toList()).orElse(List.of());
            return index < lines.size() ? Optional.of(lines.get(index).strip()) : Optional.empty();
        } catch (IOException noServer) {
            return Optional.empty();
        }
    }
}
