package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.Main;
import dev.mooring.cli.docs.Page.Fence;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The transcripts of the README, from the first command to the last, are what the programs print; figures, ids and times apart. */
@Timeout(180)
@Tag("long")
class ReadmeTranscriptTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Page README = Repository.page("README.md");

    @TempDir
    Path folder;

    private final int port = FreePort.choose();

    @Test
    void transcripts_ofTheReadme_areWhatTheProgramsPrint() throws Exception {
        try (ChildProcess service = ChildProcess.java(Main.class.getName(), "serve")
                .cleanEnvironment()
                .environment("PORT", String.valueOf(port))
                .environment("LOG_FORMAT", "console")
                .environment("LC_ALL", "C.UTF-8")
                .environment("HEALTH_CHECK_TIMEOUT", "3")
                .environment("MOORING_HOME", folder.resolve(".mooring").toString())
                .lastSignal(Signal.TERM)
                .start()) {
            service.awaitLine("keys are off", LIMIT);
            assertThat(face(service.lines()))
                    .containsSubsequence(face(start().lines().skip(1).toList()));
            Path script = folder.resolve("transcript.sh");
            List<Step> steps = steps();
            Files.writeString(script, script(steps));
            try (ChildProcess shell = ChildProcess.command("bash", script.toString())
                    .directory(folder)
                    .start()) {
                assertThat(shell.awaitExit(LIMIT)).as("%s", shell).isZero();
                assertAnswers(steps, String.join("\n", shell.stdout()));
            }
            service.signal(Signal.TERM);
            assertThat(service.awaitExit(LIMIT)).isZero();
            assertThat(service.awaitLine("stopped", LIMIT)).contains("(SIGTERM)");
            assertLogLines(service.lines());
        }
    }

    /** A command, and what the README says that it prints. */
    private record Step(String command, List<String> answer) {}

    private static String start() {
        return README.fences().stream()
                .map(Fence::code)
                .filter(code -> code.startsWith("mooring 1."))
                .findFirst()
                .orElseThrow();
    }

    private static List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Fence fence : README.fences("console")) {
            for (String line : fence.code().replace("\\\n", "").lines().toList()) {
                if (line.startsWith("$ ")) {
                    steps.add(new Step(line.substring(2), new ArrayList<>()));
                } else {
                    steps.get(steps.size() - 1).answer().add(line);
                }
            }
        }
        return steps;
    }

    /** After a signal to the server it waits until health knows, as the README says. */
    private String script(List<Step> steps) {
        StringBuilder script = new StringBuilder(
                "ready() { curl -s -o /dev/null -w '%{http_code}' localhost:" + port
                        + "/health/ready; }\nuntil_is() { for i in $(seq 300); do [ \"$(ready)\" = $1 ] && return; sleep 0.1; done; exit 1; }\n");
        for (Step step : steps) {
            script.append(step.command().replace("localhost:8080", "localhost:" + port))
                    .append('\n');
            if (step.command().startsWith("kill -STOP")) {
                script.append("until_is 503\n");
            } else if (step.command().startsWith("kill -CONT")) {
                script.append("until_is 200\nuntil curl -s localhost:" + port
                        + "/health | grep -q '\"breaker\":\"closed\"'; do sleep 0.1; done\n");
            }
            script.append("echo '=== next'\n");
        }
        return script.toString();
    }

    private static void assertAnswers(List<Step> steps, String printed) {
        String[] answers = printed.split("=== next");
        for (int i = 0; i < steps.size(); i++) {
            String said = withoutFigures(answers[i]);
            int at = 0;
            for (String part : String.join("\n", steps.get(i).answer()).split("…")) {
                for (String line : withoutFigures(part).split("\n")) {
                    int found = said.indexOf(line, at);
                    assertThat(found)
                            .as("%s printed%n%s%nand not%n%s", steps.get(i).command(), said, line)
                            .isNotNegative();
                    at = found + line.length();
                }
            }
        }
    }

    /** Every kind of line of the README's log is in the log, in this order. */
    private static void assertLogLines(List<String> lines) {
        List<String> log = README.fences().stream()
                .map(Fence::code)
                .filter(code -> code.contains("breaker closed → open"))
                .findFirst()
                .orElseThrow()
                .lines()
                .map(ReadmeTranscriptTest::withoutFigures)
                .toList();
        assertThat(lines.stream().map(ReadmeTranscriptTest::withoutFigures)).containsSubsequence(log);
    }

    /** The lines that are no log, from the database to what to try. */
    private static List<String> face(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("(database|listening|schema|ready) {3,}.*| {11}\\S.*"))
                .map(ReadmeTranscriptTest::withoutFigures)
                .toList();
    }

    private static String withoutFigures(String text) {
        String plain = text.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID").replaceAll("/\\S*/\\.mooring", "HOME");
        return Stream.of("[0-9a-f]{64}", "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "\\d[\\d.:]*")
                .reduce(
                        plain,
                        (line, figure) -> Pattern.compile(figure).matcher(line).replaceAll("#"));
    }
}
