package dev.mooring.spring.environment;

import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.SettingProblem;
import java.util.List;
import org.springframework.boot.ExitCodeGenerator;

/** The application cannot start, for a reason that its operator can mend: told in lines on standard error, no stack trace. */
public final class StartFailedException extends RuntimeException implements ExitCodeGenerator {
    private static final long serialVersionUID = 1;

    private final transient List<String> lines;
    private final int exitCode;

    /**
     * Ends the start.
     *
     * @param lines what is wrong and what to do, one line each
     * @param exitCode what the process ends with
     */
    public StartFailedException(List<String> lines, int exitCode, Throwable cause) {
        super(String.join("\n", lines), cause, false, false);
        this.lines = List.copyOf(lines);
        this.exitCode = exitCode;
    }

    /** Settings are wrong: exit code 2, one line for each mistake. */
    public static StartFailedException of(InvalidSettingsException mistakes) {
        List<String> lines =
                mistakes.problems().stream().map(SettingProblem::message).toList();
        return new StartFailedException(lines, ExitCode.MISCONFIGURED, mistakes);
    }

    /** What is told. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
