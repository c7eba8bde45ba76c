package dev.mooring.benchmarks.mlflow;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An HTTP/1.1 connection on which the calling thread itself writes each request and reads its answer. A client with threads of its own would
 * add their changes to the time of every call, on both servers. Used by one thread at a time.
 */
final class KeptConnection implements Closeable {
    private static final int LIMIT_MILLIS = 60_000;
    /** Less than the time after which a server closes a connection without requests. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private long usedAt = System.nanoTime();

    /**
     * An answer, whole.
     *
     * @param status the HTTP status
     * @param body the body as text
     * @param last whether the server closes the connection after it
     */
    record Answer(int status, String body, boolean last) {}

    KeptConnection(URI server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), LIMIT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
    }

    /** Whether the server still keeps it. */
    boolean isFresh() {
        return System.nanoTime() - usedAt < FRESH_NANOS;
    }

    /** Sends a request and reads the answer. */
    Answer call(byte[] request) throws IOException {
        out.write(request);
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
            last |= lower.startsWith("connection:") && lower.endsWith("close");
        }
        String body = chunked ? chunks() : bytes(length);
        usedAt = System.nanoTime();
        return new Answer(status, body, last);
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.append(bytes(size));
            line();
        }
        line();
        return body.toString();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String bytes(int count) throws IOException {
        byte[] read = in.readNBytes(count);
        if (read.length < count) {
            throw new EOFException("the server closed the connection in the middle of an answer");
        }
        return new String(read, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection in place of an answer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
