package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A signal that comes while the program has hardly begun. */
@Timeout(120)
class EarlySignalTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void serve_signalBeforeTheCommandIsRead_endsInOrderAndStartsNothing(@TempDir Path folder) {
        Path home = folder.resolve("home");
        try (ChildProcess process = Program.with(List.of("-Xlog:class+load:stdout"), "serve")
                .environment(Map.of("MOORING_HOME", home.toString(), "PORT", "0"))
                .start()) {
            process.awaitLine(" picocli.CommandLine ", LIMIT);

            process.signal(Signal.TERM);

            assertThat(process.awaitExit(LIMIT)).isZero();
            assertThat(process.stderr()).singleElement().asString().matches("stopped +in \\d+\\.\\d s \\(SIGTERM\\)");
            assertThat(home).doesNotExist();
        }
    }
}
