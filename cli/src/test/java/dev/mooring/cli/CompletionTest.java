package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script, as bash runs it. */
@Timeout(60)
class CompletionTest {
    @ParameterizedTest
    @CsvSource({
        "mooring bre, breaker",
        "mooring dead, dead-letters",
        "mooring breaker op, open",
        "mooring completion z, zsh",
        "mooring status --wa, --watch",
        "mooring pool evict --rea, --reason",
        "./mooring keys cr, create"
    })
    void bash_completesCommandsAndOptions(String typed, String completed, @TempDir Path folder) throws IOException {
        Run script = Run.with(Map.of(), "completion", "bash");
        assertThat(script.exitCode()).isZero();
        Path file = Files.writeString(folder.resolve("completion"), script.out());
        String command = "source '" + file + "'; COMP_WORDS=(" + typed + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                + " COMP_LINE='" + typed + "'; COMP_POINT=${#COMP_LINE};"
                + " _complete_mooring; printf '%s\\n' \"${COMPREPLY[@]}\"";

        try (ChildProcess bash =
                ChildProcess.command("bash", "--norc", "-c", command).start()) {
            assertThat(bash.awaitExit(Duration.ofSeconds(20)))
                    .as(bash.toString())
                    .isZero();
            assertThat(bash.stdout()).as(bash.toString()).contains(completed);
        }
    }

    @ParameterizedTest
    @CsvSource({"bash", "zsh"})
    void script_isTheSameForEachShell(String shell) {
        assertThat(Run.with(Map.of(), "completion", shell).out())
                .isEqualTo(Run.with(Map.of(), "completion", "bash").out())
                .contains("ZSH_VERSION");
    }
}
