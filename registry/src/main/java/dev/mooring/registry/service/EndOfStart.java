package dev.mooring.registry.service;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.boot.SpringApplication.AbandonedRunException;

/**
 * Ends the start of the service after a request to stop: Spring makes no further bean, and destroys those that it has made. Throws
 * {@link AbandonedRunException}. Thread-safe.
 */
final class EndOfStart implements InstantiationAwareBeanPostProcessor {
    private final StopRequest stop;

    EndOfStart(StopRequest stop) {
        this.stop = stop;
    }

    @Override
    public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
        check();
        return null;
    }

    /** Throws if a request to stop has come. */
    void check() {
        if (stop.isRequested()) {
            throw new AbandonedRunException();
        }
    }
}
