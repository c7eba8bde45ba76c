package dev.mooring.registry.service;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Runs what {@code mooring serve} runs, without the command line around it. */
final class ServeMain {
    private ServeMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(RegistryService.serve(System.getenv(), new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    }
}
