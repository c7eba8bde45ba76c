package dev.mooring.benchmarks.health;

import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * More clients than a server has request threads, again and again. Each waits between half a second and one and a half before it
 * asks again, as clients that were refused do, so that they neither march in step nor make the number of refusals the load.
 */
final class BusyClients {
    private static final int READING = 250;
    private static final int SENDING = 150;
    private static final int STEP_MILLIS = 250;

    private final int port;

    private BusyClients(int port) {
        this.port = port;
    }

    /** Begins, as a process of its own: what it costs to be so many clients must not delay those who measure. */
    static ChildProcess start(int port, String work, String upload) {
        return ChildProcess.java(BusyClients.class.getName(), String.valueOf(port), work, upload)
                .cleanEnvironment()
                .start();
    }

    /** Calls until it is killed. */
    public static void main(String[] arguments) {
        BusyClients clients = new BusyClients(Integer.parseInt(arguments[0]));
        clients.read(arguments[1]);
        clients.sendSlowly(arguments[2]);
        System.out.println("calling");
    }

    private void read(String path) {
        begin("reading", READING, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    /** Sends bodies so slowly that each holds a request thread as long as the server bears it. */
    private void sendSlowly(String path) {
        begin(
                "sending",
                SENDING,
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
    }

    private void begin(String name, int clients, String request) {
        byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
        boolean sending = request.startsWith("POST");
        for (int i = 0; i < clients; i++) {
            new Thread(() -> call(bytes, sending), "busy-" + name + "-" + i).start();
        }
    }

    private void call(byte[] request, boolean sending) {
        while (true) {
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
        while (read >= 0) {
            try {
                read = socket.getInputStream().read(answer);
            } catch (SocketTimeoutException stillHanging) {
                if (sending) {
                    socket.getOutputStream().write(' ');
                }
            }
        }
    }
}
