package dev.mooring.embedded;

import dev.mooring.embedded.machine.Waiting;
import dev.mooring.thread.BackgroundLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server process. One thread uses it; a second one, {@code mooring-postgres-output}, reads the server's output. */
final class Postmaster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    /** After a crash the server first replays its write-ahead log, which can take minutes on a slow disk. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int LINES_KEPT = 10;

    private final PidFile pidFile;
    private final Process process;
    private final BufferedReader output;
    private final BackgroundLoop reader;
    /** The last lines that the server printed. Guarded by its own lock. */
    private final Deque<String> lastLines = new ArrayDeque<>();

    private Postmaster(PidFile pidFile, Process process) {
        this.pidFile = pidFile;
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.reader = BackgroundLoop.of("mooring-postgres-output", this::readLine);
    }

    static Postmaster start(Programs programs, DataFolder data) throws IOException {
        List<String> command = new ArrayList<>(ownSession());
        command.addAll(programs.postgres(
                data.asServerSees(),
                "port=" + data.port(),
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=150",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "log_destination=stderr",
                "logging_collector=off"));
        Process process = Command.process(command, data.path()).start();
        process.getOutputStream().close();
        Postmaster started = new Postmaster(new PidFile(data.path()), process);
        started.reader.start();
        return started;
    }

    /**
     * The command that gives the server a session of its own: Ctrl-C in the terminal then reaches only this process, and the server runs on
     * until the requests in flight have ended.
     */
    private static List<String> ownSession() {
        boolean setsid = Files.isExecutable(Path.of("/usr/bin/setsid")) || Files.isExecutable(Path.of("/bin/setsid"));
        return setsid
                ? List.of("setsid")
                : List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV or die $!", "--");
    }

    /** Returns when the server takes connections. */
    void awaitReady() throws InterruptedException {
        Waiting.until(() -> pidFile.saysReady(process.pid()) || !process.isAlive(), START_LIMIT);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!process.isAlive()) {
            throw new EmbeddedPostgresException("it did not start" + lastWords());
        }
        if (!pidFile.saysReady(process.pid())) {
            throw new EmbeddedPostgresException("it was not ready within " + START_LIMIT + lastWords());
        }
    }

    /** Waits until the process is gone; returns its exit code and its last lines, for a message. */
    String awaitEnd() throws InterruptedException {
        process.waitFor();
        return lastWords();
    }

    /** Stops the server, and kills it when that takes more than 3 s. */
    @Override
    public void close() {
        Stop.now(process.toHandle());
        reader.awaitEnd(LAST_WORDS);
    }

    private Duration readLine() {
        try {
            String line = output.readLine();
            if (line == null) {
                reader.end();
                return Duration.ZERO;
            }
            LOG.debug("{}", line);
            synchronized (lastLines) {
                lastLines.addLast(line);
                if (lastLines.size() > LINES_KEPT) {
                    lastLines.removeFirst();
                }
            }
        } catch (IOException processGone) {
            LOG.debug("the output of the embedded PostgreSQL ended", processGone);
            reader.end();
        }
        return Duration.ZERO;
    }

    private String lastWords() {
        reader.awaitEnd(LAST_WORDS);
        String exit = process.isAlive() ? "" : " (exit code " + process.exitValue() + ")";
        synchronized (lastLines) {
            return lastLines.isEmpty() ? exit : exit + "; its last lines: " + String.join(" | ", lastLines);
        }
    }
}
