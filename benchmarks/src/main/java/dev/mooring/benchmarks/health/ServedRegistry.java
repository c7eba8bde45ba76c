package dev.mooring.benchmarks.health;

import dev.mooring.registry.service.RegistryService;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The registry service, as {@code mooring serve} runs it. */
public final class ServedRegistry {
    private ServedRegistry() {}

    /** Runs until a signal stops it; its settings are environment variables. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(RegistryService.serve(System.getenv(), new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    }
}
