package dev.mooring.spring.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Wakes the relay of a destination, if this process has it. Thread-safe. */
final class Wakes {
    private final Map<String, Runnable> byDestination = new ConcurrentHashMap<>();

    void put(String destination, Runnable wake) {
        byDestination.put(destination, wake);
    }

    void wake(String destination) {
        Runnable wake = byDestination.get(destination);
        if (wake != null) {
            wake.run();
        }
    }
}
