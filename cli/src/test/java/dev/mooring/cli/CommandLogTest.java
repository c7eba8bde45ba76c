package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What libraries print beside a command. */
@Timeout(60)
class CommandLogTest {
    @Test
    void command_libraryThatLogsWithJavaUtilLogging_printsNothing() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(java, "-cp", System.getProperty("java.class.path"), Logging.class.getName());

        try (ChildProcess process =
                ChildProcess.command(command).cleanEnvironment().start()) {
            assertThat(process.awaitExit(Duration.ofSeconds(30))).isZero();
            assertThat(process.lines()).containsExactly("done");
        }
    }

    /** A command whose library logs an error, as the PostgreSQL driver does. */
    static final class Logging {
        public static void main(String[] arguments) {
            CommandLog.choose(false);
            Logger.getLogger("org.postgresql.ssl").severe("Server name validation failed");
            System.out.println("done");
        }
    }
}
