package dev.mooring.cli.doctor;

import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputOption;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.spring.environment.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        header = "Prints every check with its code, its layer and what is true when it holds.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:wrong usage"},
        footer = {"", "Example:", "  mooring doctor list -o json"})
final class DoctorListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final OutputOption output = new OutputOption();

    DoctorListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private record Checks(int schemaVersion, List<CheckShown> checks) {}

    @Override
    public Integer call() {
        if (output.isJson()) {
            List<CheckShown> all = Catalog.all().stream().map(CheckShown::of).toList();
            surroundings.out().println(JsonDocument.of(new Checks(JsonDocument.SCHEMA_VERSION, all)));
        } else {
            Catalog.all().forEach(check -> surroundings
                    .out()
                    .println(String.format(
                            "%-26s %-9s %-8s %s",
                            check.code(),
                            check.layer().words(),
                            CheckShown.of(check).severity(),
                            check.holds())));
        }
        return ExitCode.DONE;
    }
}
