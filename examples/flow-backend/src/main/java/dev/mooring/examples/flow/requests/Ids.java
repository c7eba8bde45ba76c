package dev.mooring.examples.flow.requests;

import dev.mooring.spring.body.BodyReader;
import java.util.UUID;

/** An id in a request. */
public final class Ids {
    private static final UUID NONE = new UUID(0, 0);
    private static final int LENGTH = 36;

    private Ids() {}

    /** The UUID in a field that must be present; all zeros if it is a mistake. */
    public static UUID in(BodyReader reader, String field) {
        String text = reader.required(field, LENGTH);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException mistake) {
            reader.mistakes().add(field, "must be a UUID");
            return NONE;
        }
    }
}
