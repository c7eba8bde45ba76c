package dev.mooring.testing.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing outlives a JVM that used the kit, however that JVM ends. */
@Timeout(120)
class LastWillTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(names = {"TERM", "KILL"})
    void jvm_ended_takesItsServersProcessesAndFilesAlong(Signal end) {
        ChildProcess jvm = ChildProcess.java(Owner.class.getName()).start();
        jvm.awaitLine("frozen", SOON);
        long plain = Long.parseLong(told(jvm, "child: "));
        List<Long> servers =
                Stream.of(told(jvm, "server: ").split(" ")).map(Long::valueOf).toList();
        Path files = Path.of(told(jvm, "files: "));
        assertThat(servers).hasSizeGreaterThan(4).allMatch(Proc::runs);
        assertThat(files).isDirectory();

        jvm.signal(end);
        jvm.awaitExit(SOON);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(Proc.runs(plain)).as("plain child").isFalse();
            assertThat(servers).as("processes of the frozen server").noneMatch(Proc::runs);
            assertThat(files).as("its files").doesNotExist();
        });
    }

    @Test
    void jvm_killedWithAllBelowIt_stillLeavesNoFiles() {
        ChildProcess jvm = ChildProcess.java(Owner.class.getName()).start();
        Path files = Path.of(told(jvm, "files: "));

        jvm.close();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(files).doesNotExist());
    }

    private static String told(ChildProcess jvm, String what) {
        return jvm.awaitLine(what, SOON).substring(what.length());
    }

    /** The JVM that is ended: it has a child, a server that is frozen, and closes nothing. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws Exception {
            ChildProcess child = ChildProcess.command("sleep", "600").start();
            TestPostgres server = TestPostgres.builder().smallDisk().start();
            String data = server.admin().ask("postgres", "show data_directory");
            // Frozen first: then no process of the server comes or goes any more.
            server.freeze();
            List<String> pids = ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                    .map(process -> String.valueOf(process.pid()))
                    .toList();
            System.out.println("child: " + child.pid());
            System.out.println("server: " + String.join(" ", pids));
            System.out.println("files: " + Path.of(data).getParent().getParent());
            System.out.println("frozen");
            Thread.currentThread().join();
        }
    }
}
