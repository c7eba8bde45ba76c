package dev.mooring.registry.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a server says of itself in {@code postmaster.pid}, line by line: process id, folder, start, port, …, state. */
final class PidFile {
    private static final int PID = 0;
    private static final int STARTED = 2;
    private static final int STATE = 7;
    /** The server notes its start a moment after the operating system did, and both round. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final Path path;

    PidFile(Path data) {
        this.path = data.resolve("postmaster.pid");
    }

    /** Whether the server with this process id takes connections. */
    boolean saysReady(long pid) {
        return line(PID).filter(String.valueOf(pid)::equals).isPresent()
                && line(STATE).filter("ready"::equals).isPresent();
    }

    /** The server that still runs on this data: its process id, start and program are those of the file. */
    Optional<ProcessHandle> server() {
        return process().filter(this::isTheOneThatWroteIt);
    }

    /**
     * Deletes the file when its process id belongs to somebody else by now: the server would take that for one that runs. A file
     * whose process is gone stays, for the server makes sure itself that nothing of the old one lives.
     */
    void deleteIfReused() throws IOException {
        if (process().isPresent() && server().isEmpty()) {
            Files.deleteIfExists(path);
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
