package dev.mooring.spring.environment;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Describes in Boot's form why the application cannot start. Each line names the property or the variable as the user wrote it. Boot
 * instantiates it by its class name.
 */
public final class StartFailureAnalyzer implements FailureAnalyzer {
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return StartFailedException.behind(failure)
                .map(known -> new FailureAnalysis(String.join("\n", known.lines()), action(known), failure))
                .orElse(null);
    }

    private static String action(StartFailedException failed) {
        return failed.getExitCode() == ExitCode.MISCONFIGURED
                ? "Correct what the description names."
                : "Make sure that the dependency is there, or let the start not wait for it (mooring.startup-wait=none).";
    }
}
