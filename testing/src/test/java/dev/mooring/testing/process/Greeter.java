package dev.mooring.testing.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A small service: says that it listens, and goodbye when it is terminated. */
final class Greeter {
    private Greeter() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
        try (ServerSocket listener = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
            System.out.println("listening on " + port);
            while (true) {
                listener.accept().close();
            }
        }
    }
}
