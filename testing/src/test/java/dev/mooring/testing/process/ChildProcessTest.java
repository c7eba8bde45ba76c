package dev.mooring.testing.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void child_printing_isHeardOnBothStreams() {
        try (ChildProcess child = shell("echo result; echo progress >&2; exit 3")) {
            assertThat(child.awaitExit(SOON)).isEqualTo(3);

            assertThat(child.stdout()).containsExactly("result");
            assertThat(child.stderr()).containsExactly("progress");
            assertThat(child.lines()).containsExactlyInAnyOrder("result", "progress");
        }
    }

    @Test
    void child_withEnvironmentAndDirectory_seesThem(@TempDir Path directory) throws Exception {
        try (ChildProcess child = ChildProcess.command("sh", "-c", "echo \"$COLOUR\"; pwd; env")
                .environment("COLOUR", "green")
                .cleanEnvironment()
                .directory(directory)
                .start()) {
            child.awaitExit(SOON);

            assertThat(child.stdout())
                    .startsWith("green", directory.toRealPath().toString());
            assertThat(child.stdout())
                    .as("nothing of this JVM's environment but PATH")
                    .noneMatch(line -> line.startsWith("HOME="));
        }
    }

    @Test
    void javaMain_asChild_servesUntilItIsTerminated() {
        int port = FreePort.choose();
        try (ChildProcess child =
                ChildProcess.java(Greeter.class.getName(), String.valueOf(port)).start()) {
            assertThat(child.awaitLine("listening", SOON)).isEqualTo("listening on " + port);
            child.awaitPort(port, SOON);

            child.signal(Signal.TERM);

            assertThat(child.awaitExit(SOON)).as("128 + SIGTERM").isEqualTo(143);
            assertThat(child.stdout()).endsWith("goodbye");
        }
    }

    @Test
    void line_thatNeverComes_isMissedWithWhatWasPrinted() {
        try (ChildProcess child = shell("echo starting; exit 1")) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> child.awaitLine("ready", SOON))
                    .withMessageContaining("no line with \"ready\"")
                    .withMessageContaining("starting");
        }
    }

    @Test
    void port_ofChildThatEnded_isMissedAtOnce() {
        try (ChildProcess child = shell("echo port taken >&2; exit 1")) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> child.awaitPort(FreePort.choose(), SOON))
                    .withMessageContaining("port taken");
        }
    }

    @Test
    void child_thatDoesNotEnd_isTold() {
        try (ChildProcess child = shell("sleep 60")) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> child.awaitExit(Duration.ofMillis(50)))
                    .withMessageContaining("still running after PT0.05S");
        }
    }

    @Test
    void child_frozen_standsStillWithAllBelowItAndGoesOnWhenThawed() {
        try (ChildProcess child = shell("(while :; do echo tick; sleep 0.01; done) & wait")) {
            child.awaitLine("tick", SOON);

            child.freeze();

            // What was in the pipe may still be read; then nothing comes any more.
            await().during(Duration.ofMillis(200))
                    .until(
                            () -> child.lines().size(),
                            printed -> printed == child.lines().size());
            int frozen = child.lines().size();
            child.thaw();
            await().until(() -> child.lines().size() > frozen);
        }
    }

    @Test
    void child_closed_isGoneWithAllBelowIt() {
        ChildProcess child = shell("sleep 61 & echo $!; wait");
        long grandchild = Long.parseLong(child.awaitLine("", SOON));

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(Proc.runs(grandchild)).isFalse();
        child.close();
    }

    @Test
    void child_frozen_canBeKilled() {
        ChildProcess child = shell("sleep 62");
        child.freeze();

        child.kill();

        assertThat(child.awaitExit(SOON)).as("128 + SIGKILL").isEqualTo(137);
    }

    @Test
    void program_thatDoesNotExist_isTold() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> ChildProcess.command("no-such-program").start())
                .withMessageContaining("cannot start no-such-program");
    }

    private static ChildProcess shell(String script) {
        return ChildProcess.command("sh", "-c", script).start();
    }
}
