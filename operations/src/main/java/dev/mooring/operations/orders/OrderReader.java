package dev.mooring.operations.orders;

import dev.mooring.spring.body.BodyReader;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of an order: {@code {"reason", "expires_in"?}}. */
final class OrderReader {
    private static final String REASON = "reason";
    private static final String EXPIRES_IN = "expires_in";
    private static final Set<String> FIELDS = new LinkedHashSet<>(List.of(REASON, EXPIRES_IN));
    private static final int LONGEST_REASON = 1_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private OrderReader() {}

    /** The checked order. Ends the request with 400 if the body is not JSON, with 422 and each wrong field otherwise. */
    static Order read(byte @Nullable [] body, String dependency, OrderKind kind, String actor) {
        BodyReader reader = BodyReader.of(body, FIELDS);
        String reason = reader.required(REASON, LONGEST_REASON);
        if (!kind.lasts() && reader.given(EXPIRES_IN) != null) {
            reader.mistakes()
                    .add(EXPIRES_IN, "must be left out: to " + kind.code() + " is done at once and does not last");
        }
        Duration given = reader.duration(EXPIRES_IN, SHORTEST, Order.LONGEST);
        reader.mistakes().refuseIfAny();
        Optional<Duration> lasts = kind.lasts() ? Optional.of(given == null ? Order.DEFAULT : given) : Optional.empty();
        return new Order(dependency, kind, actor, reason, lasts);
    }
}
