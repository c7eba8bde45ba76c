package dev.mooring.redis.diagnosis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection to Redis that speaks RESP2, one command at a time. The library of calls would hide on which layer a failure happened. One
 * thread uses it.
 */
final class Wire implements AutoCloseable {
    private static final int LONGEST = 1024 * 1024;

    private final Socket socket;
    private final InputStream in;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Sends a command and waits for its answer: a text, or a list of texts; empty for nothing.
     *
     * @throws RefusedException Redis refused
     * @throws ProtocolException the answer is not one of Redis
     */
    List<String> ask(String... words) throws IOException {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$').append(word.getBytes(StandardCharsets.UTF_8).length);
            command.append("\r\n").append(word).append("\r\n");
        }
        socket.getOutputStream().write(command.toString().getBytes(StandardCharsets.UTF_8));
        List<String> answer = new ArrayList<>();
        read(answer);
        return answer;
    }

    /** The same where the answer is one text. */
    String text(String... words) throws IOException {
        return String.join(" ", ask(words));
    }

    private void read(List<String> answer) throws IOException {
        int type = in.read();
        String line = line();
        switch (type) {
            case '+', ':' -> answer.add(line);
            case '-' -> throw new RefusedException(line);
            case '$' -> bulk(number(line), answer);
            case '*' -> {
                for (int left = number(line); left > 0; left--) {
                    read(answer);
                }
            }
            default -> throw new ProtocolException("the answer is not one of Redis");
        }
    }

    private void bulk(int length, List<String> answer) throws IOException {
        if (length >= 0) {
            byte[] bytes = in.readNBytes(length + 2);
            if (bytes.length < length + 2) {
                throw new EOFException("the answer ended too soon");
            }
            answer.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }
    }

    private static int number(String line) throws ProtocolException {
        if (!line.matches("-?\\d{1,7}") || Integer.parseInt(line) > LONGEST) {
            throw new ProtocolException("the answer has no length");
        }
        return Integer.parseInt(line);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection without an answer");
            }
            if (line.size() > LONGEST) {
                throw new ProtocolException("the answer is not one of Redis");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
