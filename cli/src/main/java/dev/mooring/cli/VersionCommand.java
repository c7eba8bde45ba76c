package dev.mooring.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "version",
        header = "Prints the version, its commit and the JDK it runs on.",
        footer = {"", "Example:", "  mooring version -o json"})
final class VersionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: text).")
    private OutputFormat output = OutputFormat.TEXT;

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
        if (output == OutputFormat.JSON) {
            out.println(Json.of(new Document(Json.SCHEMA_VERSION, build.version(), build.commit(), java, vendor)));
        } else {
            out.printf("mooring  %s%ncommit   %s%njava     %s (%s)%n", build.version(), build.commit(), java, vendor);
        }
        return ExitCode.DONE;
    }
}
