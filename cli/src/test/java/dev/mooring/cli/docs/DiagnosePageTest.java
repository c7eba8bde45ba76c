package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the line of docs/how-to/diagnose.md that examines with the environment of a process, with a program in place of the command. */
@Timeout(60)
class DiagnosePageTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void lineForAProcess_hasItsEnvironment_andTheExitCodeOfTheCommand(@TempDir Path folder) throws Exception {
        Files.createFile(
                folder.resolve("mooring"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(folder.resolve("mooring"), "#!/bin/sh\necho \"$1 $DATABASE_NAME\"\nexit 3\n");
        String path = folder + ":/usr/bin:/bin";
        try (ChildProcess service = ChildProcess.command("sleep", "60")
                .cleanEnvironment()
                .environment(Map.of("PATH", path, "DATABASE_NAME", "a name with spaces"))
                .start()) {
            try (ChildProcess line = ChildProcess.command("bash", "-c", line(service.pid()))
                    .cleanEnvironment()
                    .environment(Map.of("PATH", path))
                    .start()) {
                assertThat(line.awaitExit(LIMIT)).isEqualTo(3);
                assertThat(line.lines()).containsExactly("doctor a name with spaces");
            }
        }
    }

    private static String line(long pid) {
        return Pattern.compile("\\| as a process \\| `sudo ([^`]+)` \\|")
                .matcher(Repository.page("docs/how-to/diagnose.md").text())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replace("PID", String.valueOf(pid));
    }
}
