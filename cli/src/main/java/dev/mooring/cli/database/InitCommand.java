package dev.mooring.cli.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mooring.cli.database.SchemaJob.Done;
import dev.mooring.cli.database.SchemaJob.JobFailedException;
import dev.mooring.cli.terminal.DurationOption;
import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputOption;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.profiles.Profile;
import dev.mooring.spring.environment.ExitCode;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "init",
        header = "Creates or migrates the schema of a system, and verifies its tables.",
        description = {
            "Takes address, user and limits from the environment, as the services do, and repeats a failure that can pass by itself"
                    + " as the profile says.",
            "Where no setting names a database, libpq's variables count: PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE,"
                    + " PGSSLMODE, PGPASSFILE."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the schema is in place",
            "1:the database was not reached in time",
            "2:wrong usage, mistakes in the configuration, or a refusal that waiting cannot change, such as a wrong password"
        },
        footer = {"", "Example:", "  DATABASE_HOST=db.internal DATABASE_USER=flow mooring init --profile flow"})
public final class InitCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ProfileOption system = new ProfileOption();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "Longest time for all of it (default: 15m).")
    private Duration timeout = Duration.ofMinutes(15);

    @Option(
            names = "--statement-timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "Longest run of a statement, its wait for a lock included (default: 60s).")
    private @Nullable Duration statement;

    public InitCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Document(
            int schemaVersion,
            boolean ready,
            String profile,
            String address,
            @Nullable String database,
            @Nullable String server,
            @Nullable Versions schema,
            int tables,
            @Nullable Integer attempts,
            @Nullable Double seconds,
            @Nullable Problem problem) {}

    private record Versions(String before, String now) {}

    private record Problem(String code, String detail) {}

    @Override
    public Integer call() throws InterruptedException {
        Profile profile = system.profile(surroundings.environment());
        CommandSettings settings = CommandSettings.read(surroundings, profile);
        PostgresSettings database = settings.database(profile.init().applicationName());
        if (!settings.settings().isSet(DatabaseSettings.DATABASE.connectTimeout())) {
            database = database.limits(limits -> limits.connect(profile.init().connect()));
        }
        try {
            Duration longest = statement == null ? profile.init().command() : statement;
            Done done = new SchemaJob(database, profile, timeout, longest, surroundings.notes()::say).run();
            print(database, profile, done);
            return ExitCode.DONE;
        } catch (JobFailedException failed) {
            print(database, profile, failed);
            return failed.waitingHelps() ? ExitCode.FAILED : ExitCode.MISCONFIGURED;
        }
    }

    private void print(PostgresSettings database, Profile profile, Done done) {
        if (output.isJson()) {
            surroundings
                    .out()
                    .println(JsonDocument.of(new Document(
                            JsonDocument.SCHEMA_VERSION,
                            true,
                            profile.name(),
                            database.server().address().toString(),
                            done.database(),
                            done.server(),
                            new Versions(done.before(), done.version()),
                            profile.tables().size(),
                            done.attempts(),
                            Math.round(done.took().toNanos() / 1e7) / 1e2,
                            null)));
            return;
        }
        String took = String.format(Locale.ROOT, "%.1f s", done.took().toNanos() / 1e9);
        surroundings
                .out()
                .printf(
                        "database   %s/%s as %s, PostgreSQL %s%n",
                        database.server().address(),
                        done.database(),
                        database.login().user(),
                        done.server());
        surroundings
                .out()
                .printf(
                        "schema     %s version %s, %d tables verified (%s, attempt %d of %d)%n",
                        done.before().equals(done.version()) ? "is at" : "migrated to",
                        done.version(),
                        profile.tables().size(),
                        took,
                        done.attempts(),
                        database.retry().attempts());
    }

    private void print(PostgresSettings database, Profile profile, JobFailedException failed) {
        surroundings.err().println("mooring: " + failed.getMessage());
        if (output.isJson()) {
            surroundings
                    .out()
                    .println(JsonDocument.of(new Document(
                            JsonDocument.SCHEMA_VERSION,
                            false,
                            profile.name(),
                            database.server().address().toString(),
                            null,
                            null,
                            null,
                            profile.tables().size(),
                            null,
                            null,
                            new Problem(failed.kind().code(), String.valueOf(failed.getMessage())))));
        }
    }
}
