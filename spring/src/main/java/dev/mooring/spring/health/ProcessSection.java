package dev.mooring.spring.health;

import dev.mooring.spring.json.JsonObject;
import java.lang.management.ManagementFactory;

/** The member {@code process} of {@code /health/detailed}: JDK, processors, threads and memory of this process. */
final class ProcessSection implements DetailSection {
    @Override
    public String name() {
        return "process";
    }

    @Override
    public JsonObject read() {
        Runtime runtime = Runtime.getRuntime();
        return new JsonObject()
                .put("pid", ProcessHandle.current().pid())
                .put("java", Runtime.version().toString())
                .put("processors", runtime.availableProcessors())
                .put("threads", ManagementFactory.getThreadMXBean().getThreadCount())
                .put("heap_used_bytes", runtime.totalMemory() - runtime.freeMemory())
                .put("heap_max_bytes", runtime.maxMemory());
    }
}
