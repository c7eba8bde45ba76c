package dev.mooring.registry.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How many tags a model, or a version, may have, and how large they may be together. A mirror has what its server has. */
public final class TagLimits {
    /** The most tags. */
    public static final int MOST = 1_000;
    /** The most bytes of all keys and values together, in UTF-8. */
    public static final int MOST_BYTES = 1_000_000;

    /** A tag more, or another value, is no step beyond the limits; what is beyond them already may get smaller. */
    static final String WITHIN = "\n" + """
            and (tags ?? :key or (select count(*) from jsonb_object_keys(tags)) < :most_tags)
            and octet_length((tags || jsonb_build_object(cast(:key as text), cast(:value as text)))::text)
                 <= greatest(:most_bytes, octet_length(tags::text))""";

    private TagLimits() {}

    /** Whether a model or a version may have these tags. */
    public static boolean accept(Map<String, String> tags) {
        long bytes = tags.entrySet().stream()
                .mapToLong(tag -> bytes(tag.getKey()) + bytes(tag.getValue()))
                .sum();
        return tags.size() <= MOST && bytes <= MOST_BYTES;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The exception for a tag that is one too many. */
    public static LimitReachedException reached() {
        return LimitReachedException.tags(MOST, MOST_BYTES);
    }
}
