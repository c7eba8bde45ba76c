package dev.mooring.cli;

import dev.mooring.cli.terminal.Notes;
import dev.mooring.cli.terminal.Screen;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingFamily;
import dev.mooring.settings.SettingGroup;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * One run of the command: what it printed and how it ended.
 *
 * @param exitCode the exit code
 * @param out standard output
 * @param err standard error
 */
public record Run(int exitCode, String out, String err) {
    private static final Setting<Duration> CHECK_TIMEOUT = Setting.duration("health-check-timeout")
            .describedAs("Silence after which a dependency is down.")
            .defaultsTo(Duration.ofSeconds(10));

    /** A few settings of every kind, so that the expected output does not change with the service's own. */
    public static final SettingCatalog CATALOG = SettingCatalog.of(
                    SettingGroup.of(
                            "Database",
                            "How PostgreSQL is reached.",
                            Setting.text("database.host").describedAs("Address of the server."),
                            Setting.port("database.port")
                                    .describedAs("Port of the server.")
                                    .defaultsTo(5432),
                            Setting.secret("database.password").describedAs("Password of the user."),
                            Setting.duration("database.leak-detection")
                                    .describedAs("Time after which a connection that was not given back is logged.")
                                    .atLeast(Duration.ofSeconds(2))
                                    .orOff()),
                    SettingGroup.of("Health", "When a dependency is called down.", CHECK_TIMEOUT)
                            .withFamilies(SettingFamily.of(Setting.duration("health-check-timeout")
                                    .describedAs("Silence after which this dependency is down.")
                                    .defaultsTo(CHECK_TIMEOUT))))
            .withDependencies("database");

    public static Run with(Map<String, String> environment, String... arguments) {
        return with(environment, Ansi.OFF, arguments);
    }

    public static Run with(Map<String, String> environment, Ansi ansi, String... arguments) {
        return at(Clock.systemUTC(), environment, new Screen(false, ansi), arguments);
    }

    /** A run at the time of {@code clock}, on {@code screen}. */
    public static Run at(Clock clock, Map<String, String> environment, Screen screen, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter errors = new PrintWriter(err);
        int exitCode = Main.run(
                new Surroundings(
                        environment,
                        CATALOG,
                        new PrintWriter(out),
                        errors,
                        screen.ansi(),
                        new Notes(errors),
                        screen.isTerminal(),
                        clock),
                arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }

    /** The program with all its commands. */
    static CommandLine commands() {
        PrintWriter nothing = new PrintWriter(Writer.nullWriter());
        return Main.commands(new Surroundings(Map.of(), CATALOG, nothing, nothing, Ansi.OFF));
    }

    /** The run as a person sees it: the command, what it printed on either stream, its exit code. */
    public String transcript(String... arguments) {
        String errors = err.lines().map(line -> "stderr: " + line + "\n").collect(Collectors.joining());
        return "$ mooring " + String.join(" ", arguments) + "\n" + out + errors + "exit code " + exitCode + "\n\n";
    }
}
