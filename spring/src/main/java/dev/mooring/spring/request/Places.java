package dev.mooring.spring.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The places for the requests of one listener: fewer than it has threads. Thread-safe. */
final class Places {
    private final List<UrgentRequests> urgent;
    private final int limit;
    private final Semaphore all;
    private final Semaphore urgentOnes;

    /** The places on these threads, some of which stay free; {@code urgent} requests may use a few of those. */
    Places(RequestThreads threads, List<UrgentRequests> urgent) {
        this.urgent = List.copyOf(urgent);
        this.limit = threads.places();
        this.all = new Semaphore(limit);
        this.urgentOnes = new Semaphore(threads.spare());
    }

    int limit() {
        return limit;
    }

    /** Takes a place for {@code request}, which the caller releases; empty if all are taken. */
    Optional<Semaphore> take(HttpServletRequest request) {
        if (all.tryAcquire()) {
            return Optional.of(all);
        }
        boolean isUrgent = urgent.stream().anyMatch(one -> one.includes(request));
        return isUrgent && urgentOnes.tryAcquire() ? Optional.of(urgentOnes) : Optional.empty();
    }
}
