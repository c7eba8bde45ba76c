package dev.mooring.testing.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ClassArchiveTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    @Test
    void program_afterOneTraining_loadsItsClassesFromTheArchive() {
        AtomicInteger trainings = new AtomicInteger();
        ClassArchive.Training training = program -> {
            trainings.incrementAndGet();
            run(program);
        };

        ClassArchive.of(folder, Hello.class, training);
        List<String> command =
                new ArrayList<>(ClassArchive.of(folder, Hello.class, training).command());
        command.add(1, "-Xlog:class+load");

        assertThat(trainings).as("one training for all uses").hasValue(1);
        assertThat(run(ChildProcess.command(command)))
                .contains("hello")
                .anyMatch(line -> line.contains(Hello.class.getName()) && line.contains("shared objects file (top)"));
    }

    @Test
    void training_thatFails_leavesNoArchiveAndIsReported() {
        assertThatThrownBy(() -> ClassArchive.of(folder, Hello.class, program -> {
                    throw new IOException("no port is free");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(folder.toString())
                .hasRootCauseMessage("no port is free");
    }

    @Test
    void training_thatRunsNoProgramToItsEnd_saysThatItMustExit() {
        assertThatThrownBy(() -> ClassArchive.of(folder, Hello.class, program -> {}))
                .hasRootCauseMessage("Hello left no archive; its JVM must exit by itself");
    }

    private static List<String> run(ChildProcess.Builder program) {
        try (ChildProcess process = program.start()) {
            assertThat(process.awaitExit(SOON)).as(process::toString).isZero();
            return process.stdout();
        }
    }

    /** A program that says hello. */
    static final class Hello {
        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }
}
