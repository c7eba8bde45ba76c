package dev.mooring.operations.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The name of this instance. A restart on the same machine and port does not change it. Sends nothing over the network. */
final class InstanceName {
    private static final Path OF_THE_KERNEL = Path.of("/proc/sys/kernel/hostname");

    private InstanceName() {}

    /** {@code HOST:PORT}, where HOST is the name of the machine or container; several instances may run on one machine. */
    static String of(int port) {
        return machine() + ":" + port;
    }

    private static String machine() {
        try {
            return Files.readString(OF_THE_KERNEL).strip();
        } catch (IOException notLinux) {
            return Stream.of("HOSTNAME", "COMPUTERNAME")
                    .flatMap(name -> Stream.ofNullable(System.getenv(name)))
                    .findFirst()
                    .orElse("localhost");
        }
    }
}
