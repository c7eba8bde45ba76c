package dev.mooring.examples.flow.requests;

import dev.mooring.spring.body.BodyReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An amount of money in a request, in cents. */
public final class Amount {
    private static final long MOST = 100_000_000;

    private Amount() {}

    /** The amount in a field that must be present, 1 to 100,000,000; 1 if it is a mistake. */
    public static long in(BodyReader reader, String field) {
        JsonNode node = reader.given(field);
        String objection = objectionTo(node);
        reader.mistakes().addIf(field, objection);
        return node == null || objection != null ? 1 : node.longValue();
    }

    private static @Nullable String objectionTo(@Nullable JsonNode node) {
        if (node == null) {
            return "is required";
        }
        boolean accepted =
                node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 1 && node.longValue() <= MOST;
        return accepted ? null : "must be a whole number of cents from 1 to " + MOST;
    }
}
