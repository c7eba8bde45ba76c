package dev.mooring.testing.tls;

import dev.mooring.testing.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The JDK's keytool on one PKCS#12 store. */
public final class Keytool {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Keytool() {}

    /**
     * Runs one command, such as {@code -genkeypair}, with its options.
     *
     * @throws IllegalStateException it failed; the message has what it printed
     */
    public static void run(Path store, String password, String... command) {
        Stream<String> program = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // Half of the processor time.
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC");
        Stream<String> place = Stream.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", password);
        List<String> all = Stream.of(program, Stream.of(command), place)
                .flatMap(part -> part)
                .toList();
        try (ChildProcess keytool = ChildProcess.command(all).start()) {
            if (keytool.awaitExit(LIMIT) != 0) {
                throw new IllegalStateException("keytool failed: " + keytool);
            }
        }
    }
}
