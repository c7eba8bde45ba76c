package dev.mooring.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes to a server on this machine, and replaces one text by another of the same length in what clients send. */
@SuppressWarnings("AddressSelection") // literal addresses: there is nothing to select
final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private Relay(String address, int port, String from, String to) throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getByName(address));
        daemon("accept", () -> {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket("127.0.0.1", port);
                open.addAll(List.of(client, server));
                daemon("requests", () -> pass(client, server, from, to));
                daemon("answers", () -> pass(server, client, "", ""));
            }
        });
    }

    static Relay to(int port, String from, String to) throws IOException {
        return new Relay("127.0.0.1", port, from, to);
    }

    /** A relay that listens on this address and passes everything on as it is. */
    static Relay at(String address, int port) throws IOException {
        return new Relay(address, port, "", "");
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ended) {
                        // One side is gone.
                    }
                },
                "relay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void pass(Socket from, Socket to, String text, String other) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String bytes = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                out.write((text.isEmpty() ? bytes : bytes.replace(text, other)).getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        }
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
