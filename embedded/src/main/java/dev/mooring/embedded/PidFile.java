package dev.mooring.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a server writes about itself into {@code postmaster.pid} in its data directory, line by line: process id, folder, start, port, …,
 * shared memory, state. Each call reads the file anew. Thread-safe.
 */
public final class PidFile {
    private static final int PID = 0;
    private static final int STARTED = 2;
    private static final int SHARED_MEMORY = 6;
    private static final int STATE = 7;
    private static final Set<String> READY = Set.of("ready", "standby");
    /** The server notes its start a moment after the operating system did, and both round. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final Path path;

    /** The file of the server on this data; it need not be there. */
    public PidFile(Path data) {
        this.path = data.resolve("postmaster.pid");
    }

    /** Whether the server with this process id takes connections, as a primary or as a hot standby. */
    public boolean saysReady(long pid) {
        return line(PID).filter(String.valueOf(pid)::equals).isPresent()
                && line(STATE).filter(READY::contains).isPresent();
    }

    /** The server that still runs on this data: a process with the id, the start and the program of the file. */
    Optional<ProcessHandle> server() {
        return process().filter(this::isTheOneThatWroteIt);
    }

    /** The id of the System V shared memory that a server which was killed has left behind. */
    public Optional<String> sharedMemory() {
        return line(SHARED_MEMORY)
                .map(line -> line.split("\\s+", -1))
                .filter(keyAndId -> keyAndId.length == 2)
                .map(keyAndId -> keyAndId[1]);
    }

    /** Deletes the file of a server that was killed; does nothing if there is none. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /**
     * Deletes the file if its process id belongs to another process by now: a new server would take that process for a running server.
     * A file whose process is gone stays; the new server makes sure itself that nothing of the old one lives.
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
        boolean sameStart = written.isPresent()
                && actual.isPresent()
                && Duration.between(actual.get(), written.get()).abs().compareTo(TOLERANCE) < 0;
        // The command can be hidden from us; another program of that id and that start is no accident then.
        return sameStart
                && process.info()
                        .command()
                        .map(program -> program.endsWith("postgres"))
                        .orElse(true);
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
            List<String> lines = Files.readAllLines(path);
            return index < lines.size() ? Optional.of(lines.get(index).strip()) : Optional.empty();
        } catch (IOException noServer) {
            return Optional.empty();
        }
    }
}
