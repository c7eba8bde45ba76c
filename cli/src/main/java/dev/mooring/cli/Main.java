package dev.mooring.cli;

import dev.mooring.cli.doctor.DoctorCommand;
import dev.mooring.cli.doctor.DoctorExplainCommand;
import dev.mooring.cli.doctor.DoctorListCommand;
import dev.mooring.cli.service.AuditCommand;
import dev.mooring.cli.service.AuditVerifyCommand;
import dev.mooring.cli.terminal.OutputFormat;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.spring.environment.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program: runs the command, and turns its result into output and an exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        CommandLog.choose(arguments);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(new Surroundings(System.getenv(), RegistrySettings.CATALOG, out, err, Ansi.AUTO), arguments));
    }

    static int run(Surroundings surroundings, String... arguments) {
        return new CommandLine(new MooringCommand())
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new ConfigCommand(surroundings))
                .addSubcommand(new CommandLine(new AuditCommand()).addSubcommand(new AuditVerifyCommand(surroundings)))
                .addSubcommand(new CommandLine(new DoctorCommand(surroundings))
                        .addSubcommand(new DoctorListCommand(surroundings))
                        .addSubcommand(new DoctorExplainCommand(surroundings)))
                .addSubcommand(new VersionCommand(surroundings))
                .registerConverter(OutputFormat.class, OutputFormat::parse)
                .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.ansi()))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::failed)
                .execute(arguments);
    }

    private static int wrongUsage(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println("mooring: " + mistake.getMessage());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.MISCONFIGURED;
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof InvalidSettingsException mistakes) {
            command.getErr()
                    .println(mistakes.problems().stream()
                            .map(problem -> "mooring: " + problem)
                            .collect(Collectors.joining(System.lineSeparator())));
            return ExitCode.MISCONFIGURED;
        }
        // This is a defect of ours, not a mistake of the user; a report of it needs the stack trace.
        failure.printStackTrace(command.getErr());
        return ExitCode.FAILED;
    }
}
