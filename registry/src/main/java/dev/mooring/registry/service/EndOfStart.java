package dev.mooring.registry.service;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.boot.SpringApplication.AbandonedRunException;

/**
 * Ends the start of the service after a request to stop: Spring makes no further bean, and destroys those that it has made. Throws
 * {@link AbandonedRunException}. Once the start is over it lets Spring make what requests need for the first time, because they are served until
 * the service has drained. Thread-safe.
 */
final class EndOfStart implements InstantiationAwareBeanPostProcessor {
    private final StopRequest stop;

    /** The main thread sets it; the threads that make beans read it. */
    private volatile boolean over;

    EndOfStart(StopRequest stop) {
        this.stop = stop;
    }

    @Override
    public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
        check();
        return null;
    }

    /** The service has started: a request to stop ends no start any more. */
    void startIsOver() {
        over = true;
    }

    /** Throws if a request to stop has come during the start. */
    void check() {
        if (!over && stop.isRequested()) {
            throw new AbandonedRunException();
        }
    }
}
