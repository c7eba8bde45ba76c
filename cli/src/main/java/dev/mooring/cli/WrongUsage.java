package dev.mooring.cli;

import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputFormat;
import dev.mooring.cli.terminal.SafeText;
import dev.mooring.registry.RegistrySettings;
import dev.mooring.spring.environment.EditDistance;
import dev.mooring.spring.environment.ExitCode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What wrong usage prints: what is wrong, what the user may have meant, and where to read more. */
final class WrongUsage {
    /** So many letters may differ from what the user meant. */
    private static final int MOST_DIFFERENT = 2;

    /** What picocli says where the user names none of several commands. It has no type of its own for that. */
    private static final String NO_COMMAND = "Missing required subcommand";

    /** What users look for among the commands, and is a call of the service. */
    private static final Map<String, String> CALLS = Map.of(
            "register", "POST /models/register registers a model version, and MLflow's client does",
            "promote", "PUT /models/NAME/aliases/ALIAS promotes a model version, and MLflow's client does",
            "models", "GET /models lists the models");

    private WrongUsage() {}

    static int print(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        String message = SafeText.of(message(mistake));
        command.getErr().println("mooring: " + message);
        printJson(command, List.of(arguments), "wrong_usage", message);
        if (lacksCommand(mistake)) {
            command.usage(command.getErr(), command.getColorScheme());
        } else {
            command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.MISCONFIGURED;
    }

    /** Prints why there is no result as a document too, where the arguments ask a command with results for JSON. */
    static void printJson(CommandLine command, List<String> arguments, String code, String detail) {
        if (command.getCommandSpec().findOption("-o") != null && OutputFormat.isJson(arguments)) {
            command.getOut().println(JsonDocument.of(JsonDocument.problem(code, detail)));
        }
    }

    private static boolean lacksCommand(ParameterException mistake) {
        return String.valueOf(mistake.getMessage()).startsWith(NO_COMMAND);
    }

    private static String message(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        if (lacksCommand(mistake)) {
            return "a command is missing";
        }
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            Optional<String> variable = variable(first);
            if (variable.isPresent()) {
                return "there is no option \"" + first + "\"; settings are environment variables: " + variable.get()
                        + "=… " + command.getCommandSpec().qualifiedName();
            }
            if (first.startsWith("-")) {
                return "there is no option \"" + first + "\""
                        + meant(first, command.getCommandSpec().optionsMap().keySet());
            }
            return command.getSubcommands().isEmpty()
                    ? "\"" + first + "\" is more than "
                            + command.getCommandSpec().qualifiedName() + " takes"
                    : unknownCommand(command, first);
        }
        return String.valueOf(mistake.getMessage());
    }

    /** The variable of the setting that an option such as {@code --port=9090} names. */
    private static Optional<String> variable(String option) {
        if (!option.startsWith("--")) {
            return Optional.empty();
        }
        String name = option.substring(2).split("=", 2)[0].replace('-', '_').toUpperCase(Locale.ROOT);
        return RegistrySettings.CATALOG.groups().stream()
                .flatMap(group -> group.settingsFor(RegistrySettings.CATALOG.dependencies()).stream())
                .map(setting -> setting.name().variable())
                .filter(name::equals)
                .findFirst();
    }

    /** What is wrong with the name of a subcommand. */
    static String unknownCommand(CommandLine command, String name) {
        String call = CALLS.getOrDefault(name, "");
        return "there is no command \"" + name + "\""
                + (call.isEmpty() ? meant(name, command.getSubcommands().keySet()) : "; " + call);
    }

    private static String meant(String typed, Collection<String> known) {
        Optional<String> nearest = known.stream()
                .filter(name -> EditDistance.between(typed, name) <= MOST_DIFFERENT)
                .min(Comparator.comparing(name -> EditDistance.between(typed, name)));
        return nearest.map(name -> "; did you mean " + name + "?").orElse("");
    }
}
