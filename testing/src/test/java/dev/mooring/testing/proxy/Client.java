package dev.mooring.testing.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of the proxy: patient with what must come, and soon sure of what does not. */
final class Client implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final Duration SHORT = Duration.ofMillis(300);

    private final Socket socket = new Socket();

    Client(FaultProxy proxy) throws IOException {
        this(proxy, PATIENCE);
    }

    Client(FaultProxy proxy, Duration connectTimeout) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), (int) connectTimeout.toMillis());
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    String ask(String text) throws IOException {
        send(text);
        return read(text.length());
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    String read(int length) throws IOException {
        byte[] answer = socket.getInputStream().readNBytes(length);
        if (answer.length < length) {
            throw new EOFException("only " + answer.length + " of " + length + " bytes came");
        }
        return new String(answer, StandardCharsets.US_ASCII);
    }

    /** Whether nothing comes for a short while. */
    boolean hearsNothing() throws IOException {
        socket.setSoTimeout((int) SHORT.toMillis());
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException silence) {
            return true;
        } finally {
            socket.setSoTimeout((int) PATIENCE.toMillis());
        }
    }

    String endAndReadRest() throws IOException {
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
