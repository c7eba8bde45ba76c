package dev.mooring.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.Golden;
import dev.mooring.cli.Program;
import dev.mooring.cli.Run;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real commands as processes, in every state of the database: exit code, streams and shape of the output. */
@Timeout(180)
class CommandStatesTest {
    private static final int AT_ONCE = 3;

    private static final String[] WAITING = {"--timeout", "1.5s", "--interval", "0.3s"};

    private static State.Places places;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        places = State.Places.in(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        places.close();
    }

    @Test
    void init_inEveryState_saysWhatItDidAndEndsWithItsCode() throws Exception {
        places.server().admin().dropDatabase("oxygen_platform");
        places.server().admin().createDatabase("oxygen_platform");
        Golden.output(inEveryState("init", "--profile", "flow"), "database-init.txt");
    }

    @Test
    void check_inEveryState_hasTheLinesThatScriptsLookFor() throws Exception {
        run(State.UP, "init", "--profile", "flow");
        Golden.output(inEveryState("check", "--profile", "flow"), "database-check.txt");
    }

    @Test
    @Tag("long")
    void commands_asJson_printOneDocumentInEveryState() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String command : new String[] {"wait", "init", "check"}) {
            String[] options = command.equals("wait") ? WAITING : new String[] {"--profile", "flow"};
            String[] arguments = Stream.of(Stream.of(command), Stream.of(options), Stream.of("-o", "json", "-q"))
                    .flatMap(part -> part)
                    .toArray(String[]::new);
            all.append(command).append("\n").append(inEveryState(arguments));
        }
        Golden.output(all.toString(), "database-json.txt");
    }

    @Test
    void wait_inEveryState_tellsEachAttemptAndEndsWithItsCode() throws Exception {
        Golden.output(inEveryState("wait", WAITING[0], WAITING[1], WAITING[2], WAITING[3]), "database-wait.txt");
    }

    @Test
    void anyCommand_withAPasswordThatIsRefused_printsNoPassword() throws Exception {
        Printed printed = run(State.WRONG_PASSWORD, "wait", "-o", "json");

        assertThat(printed.exitCode()).isEqualTo(2);
        assertThat(printed.toString()).doesNotContain("rotated-away");
    }

    private static String inEveryState(String... arguments) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Map<State, Future<Printed>> runs = new EnumMap<>(State.class);
            for (State state : State.values()) {
                runs.put(state, threads.submit(() -> run(state, arguments)));
            }
            StringBuilder all = new StringBuilder();
            for (Map.Entry<State, Future<Printed>> one : runs.entrySet()) {
                all.append(one.getValue().get().under(one.getKey().title()));
            }
            return all.toString();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Printed run(State state, String... arguments) {
        Run run = Program.run(state.variables(places), arguments);
        return new Printed(
                run.exitCode(), run.out().lines().toList(), run.err().lines().toList());
    }
}
