package dev.mooring.cli.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mooring.cli.terminal.DurationOption;
import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputOption;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.spring.environment.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "wait",
        header = "Waits until the database or another dependency answers.",
        description = {
            "Without a name it waits for the database. A database that does not exist yet is waited for; a refused log-in ends the"
                    + " wait, but not with --patient.",
            "Where no setting names a database, libpq's variables count: PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE,"
                    + " PGSSLMODE, PGPASSFILE."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of them answer",
            "1:the time was over before",
            "2:wrong usage, mistakes in the configuration, or a refusal that waiting cannot change, such as a wrong password"
        },
        footer = {"", "Example:", "  mooring wait --timeout 60s && exec my-service"})
public final class WaitCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(
            paramLabel = "DEPENDENCY",
            arity = "0..*",
            description = "database, redis, mlflow or auth (default: database).")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "Longest wait for all of them (default: 120s).")
    private Duration timeout = Duration.ofMinutes(2);

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description =
                    "Pause after the first attempt; each later one is 1.1 times as long, 10s at most (default: 2s).")
    private Duration interval = Duration.ofSeconds(2);

    @Option(names = "--patient", description = "Waits also while the log-in is refused.")
    private boolean patient;

    public WaitCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private record Document(int schemaVersion, boolean ready, List<Entry> dependencies) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Entry(
            String dependency,
            boolean ready,
            int attempts,
            double seconds,
            @Nullable String answered,
            @Nullable ProblemEntry problem) {}

    @Override
    public Integer call() throws InterruptedException {
        CommandSettings settings = CommandSettings.read(surroundings, Systems.of(surroundings.environment()));
        List<Wait.Outcome> outcomes = waitForAll(settings);
        print(outcomes);
        if (outcomes.stream().anyMatch(Wait.Outcome::refused)) {
            return ExitCode.MISCONFIGURED;
        }
        return outcomes.stream().allMatch(one -> one.answered().isPresent()) ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** One after the other, within the same time; a refusal ends it. */
    private List<Wait.Outcome> waitForAll(CommandSettings settings) throws InterruptedException {
        TimeLeft time = TimeLeft.of(timeout);
        List<Contact> contacts = contacts(settings);
        List<Wait.Outcome> outcomes = new ArrayList<>();
        try {
            for (Contact contact : contacts) {
                Wait wait = new Wait(time.cut(timeout), interval, patient, surroundings.notes()::say);
                Wait.Outcome outcome = wait.on(contact);
                outcomes.add(outcome);
                if (outcome.refused()) {
                    break;
                }
            }
            return outcomes;
        } finally {
            contacts.forEach(Contact::close);
        }
    }

    private List<Contact> contacts(CommandSettings settings) {
        List<String> all = settings.dependencies();
        List<String> wanted = names.isEmpty() ? List.of(PostgresSettings.DEPENDENCY) : names;
        wanted.stream().filter(name -> !all.contains(name)).findFirst().ifPresent(name -> {
            throw wrong("there is no dependency '" + name + "'; expected " + String.join(", ", all));
        });
        List<Contact> contacts = new ArrayList<>();
        for (String name : wanted) {
            Optional<Contact> contact = Contacts.of(name, settings);
            if (contact.isEmpty()) {
                contacts.forEach(Contact::close);
                throw wrong(name + " is not configured; mooring config lists its settings");
            }
            contacts.add(contact.get());
        }
        return contacts;
    }

    private void print(List<Wait.Outcome> outcomes) {
        if (output.isJson()) {
            List<Entry> entries = outcomes.stream().map(WaitCommand::entry).toList();
            boolean ready = entries.stream().allMatch(Entry::ready);
            surroundings.out().println(JsonDocument.of(new Document(JsonDocument.SCHEMA_VERSION, ready, entries)));
        }
        for (Wait.Outcome outcome : outcomes) {
            String took = String.format(Locale.ROOT, "%.1f s", outcome.took().toNanos() / 1e9);
            if (outcome.answered().isEmpty()) {
                outcome.failure().ifPresent(failure -> surroundings
                        .err()
                        .println("mooring: " + outcome.dependency() + " is not ready after " + took + ": "
                                + failure.message() + ". " + failure.kind().hint()));
            } else if (!output.isJson()) {
                surroundings
                        .out()
                        .printf(
                                "%-10s ready after %s, attempt %d: %s%n",
                                outcome.dependency(),
                                took,
                                outcome.attempts(),
                                outcome.answered().get());
            }
        }
    }

    private static Entry entry(Wait.Outcome outcome) {
        return new Entry(
                outcome.dependency(),
                outcome.answered().isPresent(),
                outcome.attempts(),
                Math.round(outcome.took().toNanos() / 1e7) / 1e2,
                outcome.answered().orElse(null),
                outcome.failure().map(ProblemEntry::of).orElse(null));
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set the command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
