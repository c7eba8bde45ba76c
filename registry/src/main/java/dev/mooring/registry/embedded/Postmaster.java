package dev.mooring.registry.embedded;

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
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server process. Used by one thread; another one, {@code mooring-postgres-output}, reads what it prints. */
final class Postmaster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    /** After a crash the server first repeats what its log has; that can take minutes on a slow disk. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LINES_KEPT = 10;

    private final DataFolder data;
    private final Process process;
    /** The last lines that it printed. Guarded by itself. */
    private final Deque<String> lastLines = new ArrayDeque<>();

    private final Thread reader;

    private Postmaster(DataFolder data, Process process) {
        this.data = data;
        this.process = process;
        this.reader = new Thread(this::readOutput, "mooring-postgres-output");
        reader.setDaemon(true);
        reader.start();
    }

    static Postmaster start(Programs programs, DataFolder data) throws IOException {
        List<String> command = new ArrayList<>(ownSession());
        command.addAll(Command.unprivileged(List.of(
                programs.program("postgres"), "-D", data.path().toAbsolutePath().toString())));
        for (String option : List.of(
                "port=" + data.port(),
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=150",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "log_destination=stderr",
                "logging_collector=off")) {
            command.addAll(List.of("-c", option));
        }
        Process process = Command.process(command).start();
        process.getOutputStream().close();
        return new Postmaster(data, process);
    }

    /** A session of its own, so that Ctrl-C in the terminal reaches us alone and the server outlives the requests in flight. */
    private static List<String> ownSession() {
        boolean setsid = Files.isExecutable(Path.of("/usr/bin/setsid")) || Files.isExecutable(Path.of("/bin/setsid"));
        return setsid
                ? List.of("setsid")
                : List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV or die $!", "--");
    }

    /** Returns when it takes connections. */
    void awaitReady() throws InterruptedException {
        PidFile file = new PidFile(data.path());
        long begun = System.nanoTime();
        while (!file.saysReady(process.pid())) {
            if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EmbeddedPostgresException("it did not start" + lastWords());
            }
            if (System.nanoTime() - begun > START_LIMIT.toNanos()) {
                throw new EmbeddedPostgresException("it was not ready within " + START_LIMIT + lastWords());
            }
        }
    }

    /** Waits until the process is gone; tells with which words it went. */
    String awaitEnd() throws InterruptedException {
        process.waitFor();
        return lastWords();
    }

    /** Stops it in order, and by force when that takes too long. */
    @Override
    public void close() {
        Stop.now(process.toHandle());
        try {
            reader.join(Duration.ofSeconds(1).toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.debug("{}", line);
                synchronized (lastLines) {
                    lastLines.addLast(line);
                    if (lastLines.size() > LINES_KEPT) {
                        lastLines.removeFirst();
                    }
                }
            }
        } catch (IOException processGone) {
            LOG.debug("the output of the embedded PostgreSQL ended", processGone);
        }
    }

    private String lastWords() throws InterruptedException {
        reader.join(Duration.ofSeconds(1).toMillis());
        String exit = process.isAlive() ? "" : " (exit code " + process.exitValue() + ")";
        synchronized (lastLines) {
            return lastLines.isEmpty() ? exit : exit + "; its last lines: " + String.join(" | ", lastLines);
        }
    }
}
