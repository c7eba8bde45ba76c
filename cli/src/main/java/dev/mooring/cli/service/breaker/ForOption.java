package dev.mooring.cli.service.breaker;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The option {@code --for} of orders that last. The service checks its value. */
final class ForOption {
    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "How long the order holds, from 1s to 30d, such as 90s or 30m (default: 1h).")
    private @Nullable String lasts;

    void into(ObjectNode order) {
        if (lasts != null) {
            order.put("expires_in", lasts);
        }
    }
}
