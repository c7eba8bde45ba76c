package dev.mooring.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.process.ChildProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What run.sh says before it builds anything; {@code examples/run-all} runs it to the end. */
@Timeout(60)
class RunScriptTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void help_showsTheExitCodes() {
        try (ChildProcess script = script("users", 0, "--help")) {
            assertThat(script.awaitExit(LIMIT)).isZero();
            assertThat(script.stdout())
                    .contains(
                            "exit code: 0 all steps passed, 1 a step failed, 2 wrong usage or something is missing on this machine");
        }
    }

    @Test
    void wrongUsage_endsWith2_andSaysWhatIsExpected() {
        try (ChildProcess script = script("users", 0, "--order", "users orders")) {
            assertThat(script.awaitExit(LIMIT)).isEqualTo(2);
            assertThat(script.stderr())
                    .containsExactly(
                            "run.sh: --order is \"users orders\"; expected each of users orders payments notifications once");
        }
    }

    @Test
    void portInUse_endsWith2_andNamesTheVariable() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildProcess script = script("payments", taken.getLocalPort())) {
            assertThat(script.awaitExit(LIMIT)).isEqualTo(2);
            assertThat(script.stderr())
                    .containsExactly("run.sh: port " + taken.getLocalPort()
                            + " for payments is in use; end what listens there, or set PAYMENTS_PORT to another one");
        }
    }

    private static ChildProcess script(String service, int port, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Path.of("run.sh").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ChildProcess.Builder script = ChildProcess.command(command);
        for (Service one : Service.values()) {
            int free = FreePort.choose();
            script.environment(
                    one.name() + "_PORT", String.valueOf(one.toString().equals(service) && port > 0 ? port : free));
        }
        return script.start();
    }
}
