package dev.mooring.testing.mlflow;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Python script with MLflow's stock client. It runs in an empty folder of its own and sees only the variables that the test sets, so
 * that the settings of the person who runs the test do not reach it. Not thread-safe.
 */
public final class PythonScript {
    private final Path script;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "MLFLOW_DISABLE_TELEMETRY", "true",
            "GIT_PYTHON_REFRESH", "quiet",
            "PYTHONUTF8", "1"));

    private PythonScript(Path script) {
        this.script = script.toAbsolutePath();
    }

    /** The script in this file. */
    public static PythonScript in(Path file) {
        return new PythonScript(file);
    }

    /** The script that lies beside a class of the test, as a file among its resources. */
    public static PythonScript beside(Class<?> test, String name) {
        URL resource = Objects.requireNonNull(test.getResource(name), name);
        try {
            return new PythonScript(Path.of(resource.toURI()));
        } catch (URISyntaxException noFile) {
            throw new IllegalArgumentException(resource + " is not a file", noFile);
        }
    }

    /** Adds an argument. */
    public PythonScript argument(String value) {
        arguments.add(value);
        return this;
    }

    /** Sets a variable of its environment. */
    public PythonScript environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Sets variables of its environment. */
    public PythonScript environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /**
     * Runs the script to its end; returns the lines that it printed on standard output.
     *
     * @throws AssertionError with its last output, if it fails or does not end in time
     */
    public List<String> run(Duration atMost) {
        try {
            Path folder = Files.createTempDirectory("mooring-testing-python-");
            try (ChildProcess python = start(folder)) {
                if (python.awaitExit(atMost) != 0) {
                    throw new AssertionError("the script failed: " + python);
                }
                return python.stdout();
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("no folder for " + script, failed);
        }
    }

    /** Starts the script in a folder of the caller, who closes the process. */
    public ChildProcess start(Path folder) {
        List<String> command =
                new ArrayList<>(List.of(MlflowInstallation.python().toString(), script.toString()));
        command.addAll(arguments);
        return ChildProcess.command(command)
                .cleanEnvironment()
                .environment("HOME", folder.toString())
                .environment(environment)
                .directory(folder)
                .start();
    }
}
