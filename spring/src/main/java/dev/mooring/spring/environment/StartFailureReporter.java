package dev.mooring.spring.environment;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.settings.InvalidSettingsException;
import java.util.Optional;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.annotation.Order;

/** Prints on standard error why the application cannot start, without a stack trace. Boot instantiates it by its class name. */
@Order(0)
public final class StartFailureReporter implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        Optional<StartFailedException> known = FailureClassifier.causes(failure).stream()
                .flatMap(cause -> known(cause).stream())
                .findFirst();
        known.ifPresent(told -> told.lines().forEach(line -> System.err.println("mooring: " + line)));
        return known.isPresent();
    }

    private static Optional<StartFailedException> known(Throwable cause) {
        if (cause instanceof InvalidSettingsException mistakes) {
            return Optional.of(StartFailedException.of(mistakes));
        }
        return cause instanceof StartFailedException failed ? Optional.of(failed) : Optional.empty();
    }
}
