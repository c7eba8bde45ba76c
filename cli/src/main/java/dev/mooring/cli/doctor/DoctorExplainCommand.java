package dev.mooring.cli.doctor;

import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputOption;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.spring.environment.ExitCode;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        header = "Says what one check verifies, why it can fail, and what to do about it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:wrong usage, or no check has this code"},
        footer = {"", "Example:", "  mooring doctor explain postgres-password"})
final class DoctorExplainCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "CODE", description = "The code of a check; mooring doctor list prints them.")
    private String code = "";

    DoctorExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private record Explained(int schemaVersion, CheckShown check) {}

    @Override
    public Integer call() {
        CheckShown check = Catalog.find(code).map(CheckShown::of).orElseThrow(this::unknown);
        if (output.isJson()) {
            surroundings.out().println(JsonDocument.of(new Explained(JsonDocument.SCHEMA_VERSION, check)));
            return ExitCode.DONE;
        }
        PrintWriter out = surroundings.out();
        out.println(check.code() + "   " + check.severity() + ", layer "
                + check.layer().replace('_', '-') + ", failure kind " + check.kind());
        out.println("Holds when: " + check.holds());
        out.println("When it fails, most likely in this order:");
        for (int i = 0; i < check.causes().size(); i++) {
            out.println("  " + (i + 1) + ". " + check.causes().get(i).what());
            out.println("     → " + check.causes().get(i).look());
        }
        out.println("Runbook: " + check.runbook());
        return ExitCode.DONE;
    }

    private CommandLine.ParameterException unknown() {
        Optional<String> near = Catalog.all().stream()
                .map(check -> check.code())
                .filter(known -> known.contains(code) || known.endsWith("-" + code))
                .findFirst();
        return new CommandLine.ParameterException(
                Objects.requireNonNull(spec, "picocli sets it").commandLine(),
                "no check has the code \"" + code + "\"; "
                        + near.map(known -> "did you mean " + known + "?").orElse("mooring doctor list prints all"));
    }
}
