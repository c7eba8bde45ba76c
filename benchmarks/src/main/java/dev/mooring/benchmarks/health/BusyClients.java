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
 * Keeps more requests open than a server has request threads. Each client waits 0.5 to 1.5 s before it asks again, as clients
 * do after a refusal. The random wait keeps the clients out of step, and keeps refusals from being most of the load.
 */
final class BusyClients {
    private static final int READING = 250;
    private static final int SENDING = 150;
    private static final int STEP_MILLIS = 250;

    private final int port;

    private BusyClients(int port) {
        this.port = port;
    }

    /** Starts the clients in a process of their own, so that their work does not delay the threads that measure. */
    static ChildProcess start(int port, String work, String upload) {
        return ChildProcess.java(BusyClients.class.getName(), String.valueOf(port), work, upload)
                .cleanEnvironment()
                .start();
    }

    /** Makes calls until the process is killed. */
    public static void main(String[] arguments) {
        BusyClients clients = new BusyClients(Integer.parseInt(arguments[0]));
        clients.read(arguments[1]);
        clients.sendSlowly(arguments[2]);
        System.out.println("calling");
    }

    private void read(String path) {
        begin("reading", READING, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    /** Sends bodies so slowly that each holds a request thread for as long as the server allows. */
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
                // A refusal is an answer too; this client asks again.
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
