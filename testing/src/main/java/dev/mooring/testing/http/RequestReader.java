package dev.mooring.testing.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads requests from one connection. One thread uses it. */
final class RequestReader {
    private final InputStream in;
    private int count;

    RequestReader(InputStream connection) {
        this.in = new BufferedInputStream(connection, 64 * 1024);
    }

    /** The next request; empty when the client closed the connection. */
    Optional<ScriptedRequest> next() throws IOException {
        Optional<String> first = line();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = first.get().split(" ", 3);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = more(); !line.isEmpty(); line = more()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        InputStream body = headers.containsKey("Transfer-Encoding")
                ? new Chunks()
                : new Counted(Long.parseLong(
                        headers.getOrDefault("Content-Length", List.of("0")).get(0)));
        return Optional.of(new ScriptedRequest(parts[0], parts[1], headers, body, ++count));
    }

    private String more() throws IOException {
        return line().orElseThrow(() -> new EOFException("the request ended in its head"));
    }

    /** A line without its end; empty at the end of the connection. */
    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            line.write(next);
        }
        return Optional.of(line.toString(StandardCharsets.ISO_8859_1).stripTrailing());
    }

    /** A part of the connection, of known length. */
    private class Counted extends InputStream {
        private long left;

        Counted(long length) {
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(target, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException(left + " bytes of the body are missing");
            }
            left -= read;
            return read;
        }
    }

    /** A body in chunks. */
    private final class Chunks extends InputStream {
        private InputStream chunk = new Counted(0);
        private boolean begun;
        private boolean over;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (!over) {
                int read = chunk.read(target, offset, length);
                if (read >= 0) {
                    return read;
                }
                nextChunk();
            }
            return -1;
        }

        private void nextChunk() throws IOException {
            if (begun) {
                more();
            }
            begun = true;
            long size = Long.parseLong(more().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                more();
                over = true;
            } else {
                chunk = new Counted(size);
            }
        }
    }
}
