package dev.mooring.testing.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The server's side of one request. Used on the thread of the script. */
public final class ScriptedReply {
    private final Socket connection;
    private final OutputStream out;
    private final CountDownLatch released;
    private boolean answered;

    ScriptedReply(Socket connection, OutputStream out, CountDownLatch released) {
        this.connection = connection;
        this.out = out;
        this.released = released;
    }

    /** A whole answer with JSON. */
    public void json(int status, String document) throws IOException {
        send(status, "application/json", document);
    }

    /** A whole answer with text of some type. */
    public void send(int status, String contentType, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        OutputStream begun =
                head(status, Map.of("Content-Type", contentType, "Content-Length", String.valueOf(body.length)));
        begun.write(body);
        begun.flush();
        answered = true;
    }

    /**
     * The head of an answer. Give it a {@code Content-Length}, write that much and call {@link #done()}; without the call the connection is
     * closed when the script returns.
     */
    public OutputStream head(int status, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" as scripted\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        raw(head.append("\r\n").toString());
        return out;
    }

    /** Bytes as they are. */
    public void raw(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The answer is whole: the connection may carry the next request. */
    public void done() throws IOException {
        out.flush();
        answered = true;
    }

    /** Waits until the server gets another script or ends; then the connection is closed. */
    public void hang() throws InterruptedException {
        released.await();
    }

    /** Resets the connection, so that the client sees no orderly end. */
    public void reset() throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    boolean isAnswered() {
        return answered;
    }
}
