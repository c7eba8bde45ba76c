package dev.mooring.benchmarks.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * More clients than a server has request threads, again and again. Each waits between half a second and one and a half before it
 * asks again, as clients that were refused do, so that they neither march in step nor make the number of refusals the load.
 */
final class BusyClients implements AutoCloseable {
    private static final int STEP_MILLIS = 250;

    private final List<Thread> threads = new ArrayList<>();
    private final int port;
    /** Set by {@link #close}, read by the clients. */
    private volatile boolean over;

    BusyClients(int port) {
        this.port = port;
    }

    /** {@code clients} more that ask for {@code path}. */
    BusyClients reading(String path, int clients) {
        return begin("reading", clients, ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    /** {@code clients} more that send a body to {@code path} so slowly that it holds a request thread as long as the server bears it. */
    BusyClients sendingSlowly(String path, int clients) {
        return begin(
                "sending",
                clients,
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
    }

    private BusyClients begin(String name, int clients, String request) {
        byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
        boolean sending = request.startsWith("POST");
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(() -> call(bytes, sending), "busy-" + name + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        return this;
    }

    private void call(byte[] request, boolean sending) {
        while (!over) {
            try (Socket socket = new Socket()) {
                Thread.sleep(ThreadLocalRandom.current().nextInt(500, 1_500));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                socket.setSoTimeout(STEP_MILLIS);
                socket.getOutputStream().write(request);
                awaitAnswer(socket, sending);
            } catch (IOException refused) {
                // Refused is an answer too: this client asks again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void awaitAnswer(Socket socket, boolean sending) throws IOException {
        byte[] answer = new byte[4096];
        int read = 0;
        while (!over && read >= 0) {
            try {
                read = socket.getInputStream().read(answer);
            } catch (SocketTimeoutException stillHanging) {
                if (sending) {
                    socket.getOutputStream().write(' ');
                }
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
