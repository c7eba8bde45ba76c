package dev.mooring.registry.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many tags a model, or a version, may have, and how large they may be together. A mirror has what its server has. */
public final class TagLimits {
    /** The most tags. */
    public static final int MOST = 1_000;
    /** The most bytes of all keys and values together, in UTF-8. */
    public static final int MOST_BYTES = 1_000_000;

    /** A tag more, or another value, is no step beyond the limits; what is beyond them already may get smaller. */
    private static final String WITHIN = """
            ((tags ?? :key or (select count(*) from jsonb_object_keys(tags)) < :most_tags)
            and octet_length((tags || jsonb_build_object(cast(:key as text), cast(:value as text)))::text)
                 <= greatest(:most_bytes, octet_length(tags::text)))""";

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

    /**
     * Sets a tag; false if there is no such row.
     *
     * @param row the condition that names the row
     * @param statements gives a statement the row, the key and the value
     * @throws LimitReachedException the row would have more tags than the limits allow
     */
    static boolean set(String table, String row, Origin origin, Function<String, JdbcClient.StatementSpec> statements) {
        String change = "update " + table
                + " set tags = tags || jsonb_build_object(cast(:key as text), cast(:value as text)) where " + row
                + " and "
                + WITHIN;
        String within = "select " + WITHIN + " from " + table + " where " + row;
        while (limited(statements.apply(change), origin).update() == 0) {
            Optional<Boolean> fits = limited(statements.apply(within), origin)
                    .query(Boolean.class)
                    .optional();
            if (fits.isEmpty()) {
                return false;
            }
            if (!fits.get()) {
                throw LimitReachedException.tags(MOST, MOST_BYTES);
            }
            // Another client has made the row, or renamed its model, since the first statement began.
        }
        return true;
    }

    private static JdbcClient.StatementSpec limited(JdbcClient.StatementSpec statement, Origin origin) {
        return statement
                .param("most_tags", origin.isTruth() ? MOST : Integer.MAX_VALUE)
                .param("most_bytes", origin.isTruth() ? MOST_BYTES : Integer.MAX_VALUE);
    }
}
