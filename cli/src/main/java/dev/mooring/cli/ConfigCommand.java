package dev.mooring.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputOption;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.registry.service.ServiceConfiguration;
import dev.mooring.settings.InForce;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.SettingName;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "config",
        header = "Prints every setting: value in force, origin, default, meaning.",
        description = {
            "Settings are environment variables. The command prints no secrets and starts nothing.",
            "On a terminal it prints the settings that are set; with --all, or to a file or another command, all of them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the configuration is good",
            "2:wrong usage, or mistakes in the configuration: one line for each"
        },
        footer = {"", "Example:", "  DATABASE_HOST=db.internal mooring config"})
final class ConfigCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(names = "--all", description = "Prints all settings on a terminal too.")
    private boolean all;

    ConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private record Document(int schemaVersion, List<String> problems, List<String> warnings, List<Entry> settings) {}

    private record Entry(
            String name,
            String property,
            String group,
            @Nullable String value,
            boolean set,
            boolean secret,
            String origin,
            @JsonProperty("default") @Nullable String byDefault,
            String accepts,
            String description) {}

    @Override
    public Integer call() {
        Settings settings = ServiceConfiguration.read(surroundings.environment(), surroundings.catalog());
        int exitCode = check(settings);
        if (output.isJson()) {
            printJson(settings);
        } else if (exitCode == ExitCode.DONE) {
            print(settings, all || !surroundings.terminal());
        }
        return exitCode;
    }

    private void print(Settings settings, boolean whole) {
        PrintWriter out = surroundings.out();
        if (!namesDatabase(settings)) {
            out.println(
                    "No DATABASE_HOST, DATABASE_URL or POSTGRES_URI is set: serve runs a PostgreSQL of its own, in MOORING_HOME.");
            out.println();
        }
        long left = 0;
        for (SettingGroup group : surroundings.catalog().groups()) {
            List<Setting<?>> shown = settingsOf(group).stream()
                    .filter(setting -> whole || settings.isSet(setting))
                    .toList();
            left += settingsOf(group).size() - shown.size();
            if (!shown.isEmpty()) {
                print(group, shown, settings);
            }
        }
        if (left > 0) {
            surroundings.notes().say(left + " more settings have their defaults: mooring config --all");
        }
    }

    private boolean namesDatabase(Settings settings) {
        return surroundings.catalog().groups().stream()
                .flatMap(group -> settingsOf(group).stream())
                .anyMatch(setting -> setting.name().variable().equals("DATABASE_HOST") && settings.isSet(setting));
    }

    private int check(Settings settings) {
        PrintWriter err = surroundings.err();
        try {
            settings.check();
            return ExitCode.DONE;
        } catch (InvalidSettingsException mistakes) {
            mistakes.problems().forEach(problem -> err.println("mooring: " + problem));
            return ExitCode.MISCONFIGURED;
        } finally {
            settings.warnings().forEach(warning -> err.println("mooring: warning: " + warning));
        }
    }

    private void print(SettingGroup group, List<Setting<?>> shown, Settings settings) {
        PrintWriter out = surroundings.out();
        out.println(styled(group.title(), Style.bold));
        for (Setting<?> setting : shown) {
            InForce now = settings.inForce(setting);
            String line = "  " + setting.name() + value(now);
            out.println((settings.isSet(setting) ? styled(line, Style.fg_green) : line) + "   (" + origin(now) + ")");
            out.println("      " + setting.description() + otherNames(setting));
        }
        out.println();
    }

    /** The variables that give the same setting. */
    private static String otherNames(Setting<?> setting) {
        Stream<String> aliases = setting.aliases().stream().map(SettingName::variable);
        Stream<String> file = setting.isSecret() ? Stream.of(setting.name().variable() + "_FILE") : Stream.empty();
        String names = Stream.concat(aliases, file).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " Or " + names + ".";
    }

    private static String value(InForce now) {
        return now.shown().map(value -> " = " + value).orElse(now.isSet() ? " = (secret)" : "");
    }

    private static String origin(InForce now) {
        Optional<String> other =
                now.setting().defaultInWords().filter(words -> !now.origin().equals("default"));
        return now.origin() + other.map(words -> "; default " + words).orElse("");
    }

    private void printJson(Settings settings) {
        List<Entry> entries = surroundings.catalog().groups().stream()
                .flatMap(group -> settingsOf(group).stream().map(setting -> entry(group, settings.inForce(setting))))
                .toList();
        List<String> problems =
                settings.problems().stream().map(Object::toString).toList();
        surroundings
                .out()
                .println(JsonDocument.of(
                        new Document(JsonDocument.SCHEMA_VERSION, problems, settings.warnings(), entries)));
    }

    private static Entry entry(SettingGroup group, InForce now) {
        Setting<?> setting = now.setting();
        return new Entry(
                setting.name().variable(),
                setting.name().property(),
                group.title(),
                now.shown().orElse(null),
                now.isSet(),
                setting.isSecret(),
                now.origin(),
                setting.defaultInWords().orElse(null),
                setting.accepts(),
                setting.description());
    }

    private List<Setting<?>> settingsOf(SettingGroup group) {
        return group.settingsFor(surroundings.catalog().dependencies());
    }

    private String styled(String text, IStyle style) {
        return CommandLine.Help.defaultColorScheme(surroundings.ansi())
                .apply(text, List.of(style))
                .toString();
    }
}
