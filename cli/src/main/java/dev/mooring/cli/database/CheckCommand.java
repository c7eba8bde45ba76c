package dev.mooring.cli.database;

import dev.mooring.cli.terminal.DurationOption;
import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputOption;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.profiles.Profile;
import dev.mooring.spring.environment.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        header = "Tests the database of a system: connections, health, schema.",
        description = {
            "Runs five tests: a connection, one with retries, as many at the same time as the pool may have (80 % are enough), the"
                    + " health of the server, and the tables of the profile.",
            "With the profile registry it also verifies names, time limits, retries and error messages that are in force.",
            "Where no setting names a database, libpq's variables count: PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE,"
                    + " PGSSLMODE, PGPASSFILE."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all tests passed",
            "1:at least one test failed",
            "2:wrong usage, or mistakes in the configuration: one line for each"
        },
        footer = {"", "Example:", "  DATABASE_HOST=db.internal DATABASE_USER=flow mooring check --profile flow"})
public final class CheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ProfileOption system = new ProfileOption();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "Longest time for all tests; no attempt and no pause begins after it (default: 5m).")
    private Duration timeout = Duration.ofMinutes(5);

    public CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private record Document(
            int schemaVersion,
            String profile,
            String address,
            String database,
            String user,
            List<Entry> configuration,
            List<Entry> tests,
            int passed,
            int total) {}

    private record Entry(String name, boolean passed, double seconds, String detail) {
        static Entry of(TestResult result) {
            return new Entry(
                    result.name(), result.passed(), Math.round(result.took().toNanos() / 1e6) / 1e3, result.detail());
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Profile profile = system.profile(surroundings.environment());
        CommandSettings command = CommandSettings.read(surroundings, profile);
        PostgresSettings database = command.database("mooring_check");
        boolean text = !output.isJson();
        if (text) {
            surroundings
                    .out()
                    .printf(
                            "database   %s/%s as %s%n%n",
                            database.server().address(),
                            database.login().database(),
                            database.login().user());
        }
        TimeLeft time = TimeLeft.of(timeout);
        TestSeries tests = new TestSeries(time, text ? this::print : result -> {});
        TestSeries configuration = new TestSeries(time, text ? this::print : result -> {});
        try (Postgres postgres = Postgres.of(database)) {
            boolean reached =
                    new ConnectivityTests(database, profile, postgres, time, surroundings.notes()::say).run(tests);
            if (profile.name().equals("registry")) {
                if (text) {
                    surroundings.out().println();
                }
                new ConfigurationTests(command, database, postgres).run(reached, configuration);
            }
        }
        if (text) {
            surroundings.out().println();
            surroundings
                    .out()
                    .println(
                            "Overall: " + tests.passed() + "/" + tests.results().size() + " tests passed");
        } else {
            print(profile, database, configuration, tests);
        }
        return tests.allPassed() && configuration.allPassed() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(TestResult result) {
        surroundings.out().println(result.line());
        surroundings.out().flush();
    }

    private void print(Profile profile, PostgresSettings database, TestSeries configuration, TestSeries tests) {
        surroundings
                .out()
                .println(JsonDocument.of(new Document(
                        JsonDocument.SCHEMA_VERSION,
                        profile.name(),
                        database.server().address().toString(),
                        database.login().database(),
                        database.login().user(),
                        configuration.results().stream().map(Entry::of).toList(),
                        tests.results().stream().map(Entry::of).toList(),
                        tests.passed(),
                        tests.results().size())));
    }
}
