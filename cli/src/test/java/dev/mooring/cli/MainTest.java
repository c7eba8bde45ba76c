package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.terminal.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

class MainTest {
    @ParameterizedTest
    @CsvSource({
        "--help, help.txt",
        "audit --help, help-audit.txt",
        "audit verify --help, help-audit-verify.txt",
        "config --help, help-config.txt",
        "doctor --help, help-doctor.txt",
        "doctor list --help, help-doctor-list.txt",
        "doctor explain --help, help-doctor-explain.txt",
        "serve --help, help-serve.txt",
        "version -h, help-version.txt"
    })
    void help_ofEachCommand_showsAnExample(String arguments, String file) {
        Run run = Run.with(Map.of(), arguments.split(" "));

        Golden.output(run.out(), file);
        assertThat(run.out()).contains("Example:");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', mooring: Missing required subcommand, mooring",
        "dance, mooring: Unmatched argument at index 0: 'dance', mooring",
        "version --loud, mooring: Unknown option: '--loud', mooring version",
        "config -o xml, 'mooring: Invalid value for option ''--output'': expected text or json but was ''xml''', mooring config",
    })
    void wrongUsage_ofAnyKind_isTwoLinesAndExitCode2(String arguments, String line, String command) {
        Run run = Run.with(Map.of(), arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(run).isEqualTo(new Run(2, "", line + "\nTry: " + command + " --help\n"));
    }

    @Test
    void version_asText_namesVersionCommitAndJdk() {
        Run run = Run.with(Map.of(), "version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .matches("mooring  \\d+\\.\\d+\\.\\d+\\S*\\Rcommit   ([0-9a-f]{7,}|unknown)\\Rjava     "
                        + Runtime.version().feature() + "\\S* \\(.+\\)\\R");
    }

    @Test
    void version_asJson_hasASchemaVersion() {
        Run run = Run.with(Map.of(), "version", "-o", "json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\"schema_version\" : 1,", "\"commit\" : ", "\"java_vendor\" : ");
    }

    @Test
    void failure_ofOurs_isToldWithItsTraceAndExitCode1() {
        StringWriter err = new StringWriter();
        PrintWriter broken = new PrintWriter(Writer.nullWriter()) {
            @Override
            public void println(@Nullable String line) {
                throw new IllegalStateException("the terminal is gone");
            }
        };
        Surroundings surroundings = new Surroundings(Map.of(), Run.CATALOG, broken, new PrintWriter(err), Ansi.OFF);

        assertThat(Main.run(surroundings, "config")).isEqualTo(1);
        assertThat(err.toString()).startsWith("java.lang.IllegalStateException: the terminal is gone");
    }
}
