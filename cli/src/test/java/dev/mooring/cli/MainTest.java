package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.terminal.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
    static Stream<List<String>> commands() {
        return CommandTree.of(Run.commands()).stream().map(CommandTree.Node::path);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_ofEachCommand_showsAnExample(List<String> path) {
        Run run = Run.with(
                Map.of(), Stream.concat(path.stream(), Stream.of("--help")).toArray(String[]::new));

        Golden.output(run.out(), "help" + path.stream().map(name -> "-" + name).collect(Collectors.joining()) + ".txt");
        assertThat(run.out()).contains("Example:");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        String[] asked = Stream.concat(Stream.of("help"), path.stream()).toArray(String[]::new);
        assertThat(Run.with(Map.of(), asked)).isEqualTo(run);
    }

    @ParameterizedTest
    @CsvSource({
        "dance, 'mooring: there is no command \"dance\"', mooring",
        "statsu, 'mooring: there is no command \"statsu\"; did you mean status?', mooring",
        "register, 'mooring: there is no command \"register\"; POST /models/register registers a model version, and MLflow''s client does', mooring",
        "breaker opne, 'mooring: there is no command \"opne\"; did you mean open?', mooring breaker",
        "help brekaer, 'mooring: there is no command \"brekaer\"; did you mean breaker?', mooring",
        "serve --port 9090, 'mooring: there is no option \"--port\"; settings are environment variables: PORT=… mooring serve', mooring serve",
        "serve --log-level=debug, 'mooring: there is no option \"--log-level=debug\"; settings are environment variables: LOG_LEVEL=… mooring serve', mooring serve",
        "version --loud, 'mooring: there is no option \"--loud\"', mooring version",
        "status --wacth, 'mooring: there is no option \"--wacth\"; did you mean --watch?', mooring status",
        "version now, 'mooring: \"now\" is more than mooring version takes', mooring version",
        "breaker open mlflow, 'mooring: Missing required option: ''--reason=REASON''', mooring breaker open",
        "config -o xml, 'mooring: Invalid value for option ''--output'': expected text or json but was ''xml''', mooring config",
    })
    void wrongUsage_ofAnyKind_isTwoLinesAndExitCode2(String arguments, String line, String command) {
        Run run = Run.with(Map.of(), arguments.split(" "));

        assertThat(run).isEqualTo(new Run(2, "", line + "\nTry: " + command + " --help\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "wait --timeout x -o json, wrong_usage",
        "keys list --url nonsense --output=json, wrong_usage",
        "breaker open -ojson, wrong_usage",
        "wait -o json, invalid_configuration",
        "check -o=JSON, invalid_configuration",
    })
    void mistake_withJson_isADocumentToo(String arguments, String code) {
        Run run = Run.with(Map.of(), arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("mooring: ");
        assertThat(JsonMapper.shared()
                        .readTree(run.out())
                        .path("schema_version")
                        .asInt())
                .isOne();
        assertThat(JsonMapper.shared().readTree(run.out()).at("/problem/code").asString())
                .isEqualTo(code);
    }

    @Test
    void commandThatIsMissing_isToldWithTheHelp() {
        for (String[] arguments : List.of(new String[0], new String[] {"breaker"})) {
            Run run = Run.with(Map.of(), arguments);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("mooring: a command is missing\n").contains("Commands:", "Example:");
        }
    }

    @Test
    void version_asOption_isOneLine() {
        Run run = Run.with(Map.of(), "--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("mooring \\d+\\.\\d+\\.\\d+\\S*\\R");
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
