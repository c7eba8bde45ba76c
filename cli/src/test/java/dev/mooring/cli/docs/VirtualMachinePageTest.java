package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be known of docs/how-to/virtual-machine.md without systemd: its unit, its settings and its paths agree. */
class VirtualMachinePageTest {
    private static final Duration SHUTDOWN = Duration.ofSeconds(5 + 20);

    private final Page page = Repository.page("docs/how-to/virtual-machine.md");
    private final Map<String, String> settings =
            assignments(page.fences("ini").get(0).code());
    private final Map<String, String> unit =
            assignments(page.fences("ini").get(1).code());
    private final String commands =
            String.join("\n", page.fences("sh").stream().map(Page.Fence::code).toList());

    @Test
    void unit_startsJavaAsTheLauncherDoes_fromTheFolderThatTheCommandsMake() throws IOException {
        String launcher = Files.readString(Repository.ROOT.resolve("mooring"));
        List<String> expected = new ArrayList<>(List.of("/usr/bin/java"));
        expected.addAll(List.of(first(launcher, "options=\\((.*) \"-Dmooring").split(" ")));
        expected.addAll(List.of("-jar", "/opt/mooring/current/mooring.jar", "serve"));

        assertThat(value("ExecStart").split(" ")).containsExactlyElementsOf(expected);
        assertThat(commands).contains("ln -sfn 1.0.0 /opt/mooring/current", "target/launcher/current");
        assertThat(launcher).contains("work=$root/target/launcher\ncurrent=$work/current ");
        assertThat(value("Environment")).isEqualTo("LC_ALL=C.UTF-8");
        assertThat(commands).contains("useradd --system --no-create-home --shell /usr/sbin/nologin " + value("User"));
    }

    @Test
    void command_ofThisMachine_startsTheJarOfTheUnit_withASmallHeap() {
        String jar = "-jar /opt/mooring/current/mooring.jar ";

        assertThat(value("ExecStart")).contains(jar);
        assertThat(commands).contains("exec /usr/bin/java -Xmx64m -Dfile.encoding=UTF-8 " + jar + "\"$@\"\n");
        assertThat(commands.split("EnvironmentFile=" + value("EnvironmentFile"), -1))
                .hasSize(3);
    }

    @Test
    void unit_restartsAsTheExitCodesSay_andWaitsForTheDrain() {
        assertThat(value("Restart")).isEqualTo("on-failure");
        assertThat(value("RestartPreventExitStatus")).isEqualTo("2");
        assertThat(Repository.page("docs/reference/exit-codes.md").text())
                .contains("process on codes 1 and 3 after a pause. Do not restart it on 2");
        assertThat(Duration.ofSeconds(Long.parseLong(value("TimeoutStopSec")))).isGreaterThan(SHUTDOWN);
    }

    @Test
    void settings_areThoseOfTheReference_andTheirFilesAreMadeByTheCommands() {
        String reference = Repository.page("docs/reference/configuration.md").text();
        assertThat(value("EnvironmentFile")).isEqualTo("/etc/mooring/registry.env");
        assertThat(page.text()).contains("`" + value("EnvironmentFile") + "`");
        settings.forEach((name, setting) -> {
            if (!name.equals("JAVA_TOOL_OPTIONS")) {
                assertThat(reference).contains("`" + name + "`");
            }
            if (setting.startsWith("/")) {
                assertThat(commands + page.codeSpans()).contains(setting);
            }
        });
        assertThat(settings).containsKeys("DATABASE_HOST", "DATABASE_PASSWORD_FILE", "ADMIN_API_KEY_FILE");
        assertThat(page.fences("sql"))
                .as("the SQL that DeploymentPagesTest runs")
                .containsExactlyElementsOf(
                        Repository.page("docs/how-to/kubernetes.md").fences("sql"));
    }

    private String value(String key) {
        String value = unit.get(key);
        assertThat(value).as(key).isNotNull();
        return value;
    }

    private static Map<String, String> assignments(String ini) {
        Map<String, String> assignments = new HashMap<>();
        ini.lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> assignments.put(parts[0], parts[1]));
        return assignments;
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
