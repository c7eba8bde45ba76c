package dev.mooring.cli.doctor;

import dev.mooring.cli.database.CommandSettings;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceException;
import dev.mooring.cli.service.ServiceOptions;
import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputOption;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.registry.service.RegistryProfile;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        header = "Says which layer of a dependency is broken, and what to check first.",
        description = {
            "Examines the dependencies that the settings name, all or those that you name (database, redis, mlflow, auth): name, "
                    + "TCP, TLS, log-in, database, query, rights, settings. The first broken layer hides those behind it.",
            "It reads the settings of the service, and libpq's variables where none of them names a database. It needs no running "
                    + "service, and changes nothing on a server.",
            "With --url a running service examines its dependencies itself, with its own settings; the key needs ops:act. The same"
                    + " where no setting names a dependency and MOORING_URL names a service."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every check holds",
            "1:a critical dependency is broken, or the service that --url names does not answer or refuses",
            "2:wrong usage, nothing to examine, or mistakes in the configuration: one line for each",
            "3:an optional dependency is broken, or a check needs attention"
        },
        footer = {
            "",
            "Example:",
            "  DATABASE_HOST=db.internal mooring doctor database",
            "  mooring doctor --url http://127.0.0.1:8080"
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final String NOTHING =
            "no setting names a dependency; run it with the environment of the service, or have the running service"
                    + " examine its own: mooring doctor --url http://127.0.0.1:8080";

    private static final String NEW_SCREEN = "\u001B[H\u001B[2J";

    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Parameters(
            paramLabel = "DEPENDENCY",
            arity = "0..*",
            description = "database, redis, mlflow or auth (default: all).")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--watch", description = "Examines again and again until you end it (Ctrl-C).")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Pause between two examinations with --watch (default: 2).")
    private double interval = 2;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Longest time for each layer, 0.1 to 300 (default: 5); a running service has its own.")
    private double timeout = 5;

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The command with its subcommands. */
    public static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new DoctorCommand(surroundings))
                .addSubcommand(new DoctorListCommand(surroundings))
                .addSubcommand(new DoctorExplainCommand(surroundings));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (timeout < 0.1 || timeout > 300 || interval < 0.1 || interval > 3600) {
            throw wrong("expected a --timeout of 0.1 to 300 seconds, and an --interval of 0.1 to 3600");
        }
        Examinations examinations = examinations();
        if (watch) {
            return watch(examinations);
        }
        try {
            return show(examinations.examine());
        } catch (ServiceException refused) {
            return refused.print(surroundings, output.isJson());
        }
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(
                Objects.requireNonNull(spec, "picocli sets it").commandLine(), message);
    }

    /** On a terminal each result replaces the one before; elsewhere only a result that differs is printed. */
    private int watch(Examinations examinations) throws InterruptedException {
        String last = "";
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            Result result = examinations.examine();
            if (surroundings.terminal()) {
                surroundings.out().print(NEW_SCREEN);
                last = "";
            }
            if (!result.summary().equals(last)) {
                last = result.summary();
                if (!output.isJson()) {
                    surroundings.out().println(Instant.now().truncatedTo(ChronoUnit.SECONDS));
                }
                show(result);
                surroundings.out().flush();
            }
            if (never.await((long) (interval * 1000), TimeUnit.MILLISECONDS)) {
                return result.exitCode();
            }
        }
    }

    private int show(Result result) {
        PrintWriter out = surroundings.out();
        if (output.isJson()) {
            out.println(JsonDocument.of(Document.of(result)));
        } else {
            new Text(out, surroundings.ansi(), surroundings.width()).print(result);
        }
        if (result.isEmpty()) {
            surroundings.fail(NOTHING);
        }
        return result.exitCode();
    }

    /**
     * Those of the running service where the user names it, or where MOORING_URL does and no setting names a dependency; otherwise those
     * that this process makes with the settings of the service.
     */
    private Examinations examinations() {
        if (service.isNamed()) {
            return remote();
        }
        for (String name : wanted) {
            if (!Examinees.NAMES.contains(name)) {
                throw wrong("there is no dependency \"" + name + "\"; there are " + String.join(", ", Examinees.NAMES));
            }
        }
        List<Examinee> all = examinees();
        boolean nothing = all.stream().allMatch(one -> one.examination().isEmpty());
        if (nothing && ServiceOptions.isNamedIn(surroundings.environment())) {
            return remote();
        }
        for (Examinee one : all) {
            if (wanted.contains(one.name()) && one.examination().isEmpty()) {
                throw wrong(one.name() + " is " + one.absent());
            }
        }
        AtomicReference<Optional<List<Examinee>>> first = new AtomicReference<>(Optional.of(all));
        return new LocalExaminations(
                () -> first.getAndSet(Optional.empty()).orElseGet(this::examinees).stream()
                        .filter(one -> wanted.isEmpty() || wanted.contains(one.name()))
                        .toList(),
                limit());
    }

    /** What the settings say now; a watch reads them again, because a file of a password may have changed. */
    private List<Examinee> examinees() {
        return new Examinees(
                        CommandSettings.read(surroundings, RegistryProfile.REGISTRY)
                                .settings(),
                        limit())
                .all();
    }

    private Examinations remote() {
        if (watch) {
            throw wrong("--watch examines from here; in a running service each examination is an entry in its audit");
        }
        ServiceClient client = service.client(surroundings.environment());
        surroundings.notes().say("mooring: the service at " + client.address() + " examines, with its settings");
        return new RemoteExaminations(client, wanted);
    }

    private Duration limit() {
        return Duration.ofMillis((long) (timeout * 1000));
    }
}
