package dev.mooring.benchmarks.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** More clients than the server has request threads, each with a call that needs the database, again and again. */
final class BusyClients implements AutoCloseable {
    private static final int CLIENTS = 250;

    private final List<Thread> threads = new ArrayList<>();
    /** Set by {@link #close}, read by the clients. */
    private volatile boolean over;

    BusyClients(int port, String path) {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < CLIENTS; i++) {
            Thread thread = new Thread(() -> call(port, request), "busy-client-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void call(int port, byte[] request) {
        while (!over) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                socket.setSoTimeout(1_000);
                socket.getOutputStream().write(request);
                awaitAnswer(socket);
                // A client waits before it asks again, so that the load is the hanging calls and not their number.
                Thread.sleep(1_000);
            } catch (IOException refused) {
                // Refused is an answer too: this client asks again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void awaitAnswer(Socket socket) throws IOException {
        byte[] answer = new byte[4096];
        int read = 0;
        while (!over && read >= 0) {
            try {
                read = socket.getInputStream().read(answer);
            } catch (SocketTimeoutException stillHanging) {
                read = 0;
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join(5_000);
        }
    }
}
