package dev.mooring.testing.mlflow;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * MLflow in a Python environment of its own, outside the source tree: in {@code ~/.cache/mooring/mlflow-VERSION}, or in the folder that the
 * environment variable {@code TEST_MLFLOW} names. The first use on a machine installs it there, which takes about a minute and 850 MB.
 * This needs Python 3.10 or newer with venv, and the packages that {@code requirements.txt} lists. Thread-safe.
 */
public final class MlflowInstallation {
    /** The system property whose value {@code required} makes tests fail where MLflow is missing. Without it they skip themselves. */
    public static final String PROPERTY = "mooring.mlflow";

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
    private static final List<String> FILES = List.of("install", "requirements.txt");

    private MlflowInstallation() {}

    /**
     * Why there is no MLflow on this machine; empty where there is one. The first call installs it if necessary.
     *
     * @throws AssertionError with the reason, if there is none although the property {@value #PROPERTY} is {@code required}
     */
    public static Optional<String> missing() {
        return missing(Here.FOUND, System.getProperty(PROPERTY, "").equals("required"));
    }

    static Optional<String> missing(Outcome found, boolean required) {
        if (required && found.reason().isPresent()) {
            throw new AssertionError(
                    PROPERTY + " is required: " + found.reason().get());
        }
        return found.reason();
    }

    /**
     * The Python program that has MLflow's packages.
     *
     * @throws IllegalStateException with the reason, if there is none
     */
    static Path python() {
        return Here.FOUND
                .folder()
                .orElseThrow(() -> new IllegalStateException(Here.FOUND.reason().orElseThrow()))
                .resolve("bin/python");
    }

    /** Runs the script {@code install} with these variables in addition to those of this JVM. */
    static Outcome install(Map<String, String> environment) {
        try {
            Path scripts = Files.createTempDirectory("mooring-testing-mlflow-");
            try {
                for (String file : FILES) {
                    try (InputStream content = MlflowInstallation.class.getResourceAsStream(file)) {
                        Files.copy(Objects.requireNonNull(content, file), scripts.resolve(file));
                    }
                }
                return run(scripts.resolve("install"), environment);
            } finally {
                Folders.delete(scripts);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("no folder for the script that installs MLflow", failed);
        }
    }

    private static Outcome run(Path script, Map<String, String> environment) {
        try (ChildProcess install = ChildProcess.command("bash", script.toString())
                .environment(environment)
                .start()) {
            if (install.awaitExit(INSTALL_LIMIT) == 0) {
                List<String> printed = install.stdout();
                return new Outcome(Optional.of(Path.of(printed.get(printed.size() - 1))), Optional.empty());
            }
            return new Outcome(Optional.empty(), Optional.of(String.join("; ", install.stderr())));
        }
    }

    /** Either the folder of the environment, or why there is none. */
    record Outcome(Optional<Path> folder, Optional<String> reason) {}

    /** The installation of this machine. The first test that needs it initializes this class, and others wait. */
    private static final class Here {
        static final Outcome FOUND = install(Map.of());
    }
}
