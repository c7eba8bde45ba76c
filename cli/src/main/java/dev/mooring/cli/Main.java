package dev.mooring.cli;

import dev.mooring.cli.database.CheckCommand;
import dev.mooring.cli.database.InitCommand;
import dev.mooring.cli.database.WaitCommand;
import dev.mooring.cli.doctor.DoctorCommand;
import dev.mooring.cli.service.audit.AuditCommand;
import dev.mooring.cli.service.breaker.BreakerCommand;
import dev.mooring.cli.service.keys.KeysCommand;
import dev.mooring.cli.service.letters.DeadLettersCommand;
import dev.mooring.cli.service.pool.PoolCommand;
import dev.mooring.cli.service.status.StatusCommand;
import dev.mooring.cli.terminal.Notes;
import dev.mooring.cli.terminal.OutputFormat;
import dev.mooring.cli.terminal.Screen;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.registry.RegistrySettings;
import dev.mooring.registry.service.StopRequest;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.SettingProblem;
import dev.mooring.spring.environment.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The program: runs the command, and turns its result into output and an exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        boolean isService = isService(arguments);
        if (isService) {
            // First of all: until then a signal would end the process with an exit code of the JVM, such as 143.
            StopRequest.heedSignals();
        }
        CommandLog.choose(isService);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Map<String, String> environment = System.getenv();
        Screen screen = Screen.of(environment);
        Surroundings surroundings = new Surroundings(
                environment,
                RegistrySettings.CATALOG,
                out,
                err,
                screen.ansi(),
                new Notes(err),
                screen.isTerminal(),
                Clock.system(ZoneId.systemDefault()));
        System.exit(run(surroundings, arguments));
    }

    /** Whether the arguments of the program name the command {@code serve}. */
    private static boolean isService(String[] arguments) {
        for (String argument : arguments) {
            if (!argument.startsWith("-")) {
                return argument.equals("serve");
            }
        }
        return false;
    }

    static int run(Surroundings surroundings, String... arguments) {
        return commands(surroundings).execute(arguments);
    }

    /** The program with all its commands. */
    static CommandLine commands(Surroundings surroundings) {
        return new CommandLine(new MooringCommand(surroundings.notes()))
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new WaitCommand(surroundings))
                .addSubcommand(new InitCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(DoctorCommand.in(surroundings))
                .addSubcommand(new StatusCommand(surroundings))
                .addSubcommand(BreakerCommand.in(surroundings))
                .addSubcommand(PoolCommand.in(surroundings))
                .addSubcommand(DeadLettersCommand.in(surroundings))
                .addSubcommand(KeysCommand.in(surroundings))
                .addSubcommand(AuditCommand.in(surroundings))
                .addSubcommand(new ConfigCommand(surroundings))
                .addSubcommand(new CompletionCommand(surroundings))
                .addSubcommand(new VersionCommand(surroundings))
                .addSubcommand(new HelpCommand(surroundings))
                .registerConverter(OutputFormat.class, OutputFormat::parse)
                .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.ansi()))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setParameterExceptionHandler(WrongUsage::print)
                .setExecutionExceptionHandler(Main::failed);
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof InvalidSettingsException mistakes) {
            command.getErr()
                    .println(mistakes.problems().stream()
                            .map(problem -> "mooring: " + problem)
                            .collect(Collectors.joining(System.lineSeparator())));
            WrongUsage.printJson(
                    command,
                    parsed.originalArgs(),
                    "invalid_configuration",
                    mistakes.problems().stream().map(SettingProblem::message).collect(Collectors.joining("; ")));
            return ExitCode.MISCONFIGURED;
        }
        // This is a defect of ours, not a mistake of the user; a report of it needs the stack trace.
        failure.printStackTrace(command.getErr());
        return ExitCode.FAILED;
    }
}
