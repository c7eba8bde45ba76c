package dev.mooring.spring.environment;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.annotation.Order;

/**
 * Prints on standard error why an application with a {@link CatalogSource} cannot start, one line for each reason, without a stack
 * trace. In any other application {@link StartFailureAnalyzer} describes the reasons. Boot instantiates it by its class name.
 */
@Order(0)
public final class StartFailureReporter implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        if (!StarterCatalog.isSupplied(StartFailureReporter.class.getClassLoader())) {
            return false;
        }
        StartFailedException known = StartFailedException.behind(failure).orElse(null);
        if (known != null) {
            known.lines().forEach(line -> System.err.println("mooring: " + line));
        }
        return known != null;
    }
}
