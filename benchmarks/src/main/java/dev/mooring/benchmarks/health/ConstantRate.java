package dev.mooring.benchmarks.health;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a constant rate over a few kept connections. A latency counts from the moment at which the request was due,
 * so that a slow server cannot hide its latency by receiving fewer requests (coordinated omission).
 */
public final class ConstantRate {
    private static final int CONNECTIONS = 8;
    /** How long after the last request an answer still counts. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final int port;
    private final byte[] request;
    private final Duration lasts;
    private final long gapNanos;
    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();

    /**
     * Describes a run.
     *
     * @param perSecond requests a second over all connections
     */
    public ConstantRate(int port, String path, int perSecond, Duration lasts) {
        this.port = port;
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        this.lasts = lasts;
        this.gapNanos = Duration.ofSeconds(1).toNanos() * CONNECTIONS / perSecond;
    }

    /** Sends them and waits for the answers. */
    public Latencies run() throws InterruptedException {
        long begin = System.nanoTime() + Duration.ofMillis(100).toNanos();
        int each = (int) (lasts.toNanos() / gapNanos);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            long offset = begin + i * gapNanos / CONNECTIONS;
            Thread thread = new Thread(() -> ask(offset, each), "constant-rate-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Latencies(
                each * CONNECTIONS,
                latencies.stream().mapToLong(Long::longValue).toArray());
    }

    private void ask(long begin, int times) {
        long end = begin + lasts.plus(PATIENCE).toNanos();
        int asked = 0;
        try {
            while (asked < times && System.nanoTime() - end < 0) {
                try (Socket socket = new Socket()) {
                    socket.setTcpNoDelay(true);
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
                    InputStream answers = new BufferedInputStream(socket.getInputStream());
                    boolean kept = true;
                    while (kept && asked < times) {
                        long due = begin + asked * gapNanos;
                        awaitNanos(due);
                        socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
                        socket.getOutputStream().write(request);
                        kept = readAnswer(answers);
                        latencies.add(System.nanoTime() - due);
                        asked++;
                    }
                }
            }
        } catch (IOException unanswered) {
            // The result counts the missing latencies as not answered.
        }
    }

    private static void awaitNanos(long due) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    /** Reads one answer; false when the server closes the connection after it, as it does after a hundred. */
    private static boolean readAnswer(InputStream answers) throws IOException {
        int length = 0;
        boolean kept = true;
        for (String line = line(answers); !line.isEmpty(); line = line(answers)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            } else if (header.equals("transfer-encoding: chunked")) {
                length = -1;
            } else if (header.equals("connection: close")) {
                kept = false;
            }
        }
        if (length >= 0) {
            answers.skipNBytes(length);
            return kept;
        }
        for (int chunk = chunk(answers); chunk > 0; chunk = chunk(answers)) {
            answers.skipNBytes(chunk + 2L);
        }
        answers.skipNBytes(2);
        return kept;
    }

    private static int chunk(InputStream answers) throws IOException {
        return Integer.parseInt(line(answers), 16);
    }

    private static String line(InputStream answers) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
