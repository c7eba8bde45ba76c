package dev.mooring.operations.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The name of this instance: the same after a restart in the same place. Looks up no name on the network. */
final class InstanceName {
    private static final Path OF_THE_KERNEL = Path.of("/proc/sys/kernel/hostname");

    private InstanceName() {}

    /** The machine's or container's name, with {@code port}: two instances may run beside each other. */
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
