package dev.mooring.cli;

import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputOption;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.spring.environment.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "version",
        header = "Prints the version, its commit and the JDK it runs on.",
        footer = {"", "Example:", "  mooring version -o json"})
final class VersionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final OutputOption output = new OutputOption();

    VersionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private record Document(int schemaVersion, String version, String commit, String java, String javaVendor) {}

    @Override
    public Integer call() {
        Build build = Build.ofThisProgram();
        String java = System.getProperty("java.version");
        String vendor = System.getProperty("java.vendor");
        PrintWriter out = surroundings.out();
        if (output.isJson()) {
            out.println(JsonDocument.of(
                    new Document(JsonDocument.SCHEMA_VERSION, build.version(), build.commit(), java, vendor)));
        } else {
            out.printf("mooring  %s%ncommit   %s%njava     %s (%s)%n", build.version(), build.commit(), java, vendor);
        }
        return ExitCode.DONE;
    }
}
