package dev.mooring.testing.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Collects the lines that a process prints. Threads of its own read them, so that the process never waits for a reader. */
final class CapturedOutput {
    /** The most lines that are kept, because a process that prints without end must not fill the memory of the test. */
    private static final int MOST_LINES = 200_000;

    /** Guards {@code lines} and {@code openStreams}, and wakes waiting tests when a line arrives. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final List<Line> lines = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private int openStreams = 2;

    CapturedOutput(Process process) {
        read(process.getInputStream(), Stream.OUT, "mooring-child-" + process.pid() + "-out");
        read(process.getErrorStream(), Stream.ERR, "mooring-child-" + process.pid() + "-err");
    }

    List<String> lines(Predicate<Line> wanted) {
        lock.lock();
        try {
            return lines.stream().filter(wanted).map(Line::text).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The first line that the predicate accepts; empty if the time is up or the process closed its streams before. */
    Optional<String> await(Predicate<String> wanted, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            int next = 0;
            while (true) {
                for (; next < lines.size(); next++) {
                    if (wanted.test(lines.get(next).text())) {
                        return Optional.of(lines.get(next).text());
                    }
                }
                if (openStreams == 0 || left <= 0) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything that the ended process printed has been read. */
    void awaitEnd(Duration atMost) {
        for (Thread reader : readers) {
            try {
                reader.join(atMost.toMillis());
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void read(InputStream source, Stream stream, String threadName) {
        Thread reader = new Thread(
                () -> {
                    try (var text = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8))) {
                        for (String line = text.readLine(); line != null; line = text.readLine()) {
                            add(new Line(stream, line));
                        }
                    } catch (IOException processGone) {
                        // What it printed before is kept.
                    } finally {
                        streamEnded();
                    }
                },
                threadName);
        reader.setDaemon(true);
        readers.add(reader);
        reader.start();
    }

    private void add(Line line) {
        lock.lock();
        try {
            if (lines.size() < MOST_LINES) {
                lines.add(line);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void streamEnded() {
        lock.lock();
        try {
            openStreams--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    enum Stream {
        OUT,
        ERR
    }

    record Line(Stream stream, String text) {}
}
