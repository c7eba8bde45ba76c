package dev.mooring.cli.service.breaker;

import dev.mooring.cli.terminal.LastingOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The option {@code --for} of orders that last. */
final class ForOption {
    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = Lasting.class,
            description = "How long the order holds, from 1s to 30d, such as 90s or 30m (default: 1h).")
    private @Nullable String lasts;

    void into(ObjectNode order) {
        if (lasts != null) {
            order.put("expires_in", lasts);
        }
    }

    /** As long as an order may last. */
    static final class Lasting extends LastingOption {
        Lasting() {
            super(Duration.ofDays(30), "30m or 2h, from 1s to 30d,");
        }
    }
}
