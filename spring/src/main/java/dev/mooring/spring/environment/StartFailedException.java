package dev.mooring.spring.environment;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.SettingProblem;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.ExitCodeGenerator;

/**
 * The application cannot start, for a reason that its operator can fix. {@link StartFailureReporter} or {@link StartFailureAnalyzer}
 * prints the lines, without a stack trace.
 */
public final class StartFailedException extends RuntimeException implements ExitCodeGenerator {
    private static final long serialVersionUID = 1;

    private final transient List<String> lines;
    private final int exitCode;

    /**
     * Creates the exception.
     *
     * @param lines what is wrong and what to do, one line each
     * @param exitCode the exit code of the process
     */
    public StartFailedException(List<String> lines, int exitCode, Throwable cause) {
        super(String.join("\n", lines), cause, false, false);
        this.lines = List.copyOf(lines);
        this.exitCode = exitCode;
    }

    /** For wrong settings: exit code 2, and one line for each mistake. */
    public static StartFailedException of(InvalidSettingsException mistakes) {
        List<String> lines =
                mistakes.problems().stream().map(SettingProblem::message).toList();
        return new StartFailedException(lines, ExitCode.MISCONFIGURED, mistakes);
    }

    /** The one among the causes of {@code failure}, if there is one. */
    static Optional<StartFailedException> behind(Throwable failure) {
        return FailureClassifier.causes(failure).stream()
                .flatMap(cause -> known(cause).stream())
                .findFirst();
    }

    private static Optional<StartFailedException> known(Throwable cause) {
        if (cause instanceof InvalidSettingsException mistakes) {
            return Optional.of(of(mistakes));
        }
        return cause instanceof StartFailedException failed ? Optional.of(failed) : Optional.empty();
    }

    /** The lines to print. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
