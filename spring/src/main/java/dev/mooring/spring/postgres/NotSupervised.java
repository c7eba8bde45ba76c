package dev.mooring.spring.postgres;

import dev.mooring.spring.health.HealthNotice;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** The data sources that Mooring does not supervise, by the names of their beans, and why. Thread-safe. */
final class NotSupervised implements HealthNotice {
    private final Map<String, String> reasons = new ConcurrentSkipListMap<>();

    void add(String bean, String reason) {
        reasons.put(bean, reason);
    }

    /** All of them in one line; empty where there is none. */
    String line() {
        return reasons.entrySet().stream()
                .map(one -> one.getKey() + " (" + one.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    @Override
    public List<String> warnings() {
        return reasons.entrySet().stream()
                .map(one -> "data source " + one.getKey() + " is not supervised: " + one.getValue())
                .toList();
    }
}
