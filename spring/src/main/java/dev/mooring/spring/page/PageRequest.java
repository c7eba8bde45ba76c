package dev.mooring.spring.page;

import dev.mooring.spring.body.Mistakes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list a client asks for.
 *
 * @param limit the most entries, 1 to 100
 * @param after the last key of the previous page; null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {
    /** The limit when the client names none, and the largest limit. */
    public static final int MOST = 100;

    /** A page ends when its entries have this size, in bytes of their texts. */
    public static final long MOST_BYTES = 1_000_000;

    private static final Pattern LIMIT = Pattern.compile("0*[1-9][0-9]?|0*100");

    /**
     * Reads the query parameters {@code limit} and {@code page_token}; adds what is wrong with them to {@code mistakes}. An empty one counts as
     * absent.
     */
    public static PageRequest of(PagedList list, @Nullable String limit, @Nullable String token, Mistakes mistakes) {
        int most = MOST;
        if (limit != null && !limit.isEmpty()) {
            if (LIMIT.matcher(limit).matches()) {
                most = Integer.parseInt(limit);
            } else {
                mistakes.add("limit", "must be a number from 1 to " + MOST);
            }
        }
        String after = null;
        if (token != null && !token.isEmpty()) {
            after = PageToken.lastKey(list, token).orElse(null);
            if (after == null) {
                mistakes.add("page_token", "is not the next_page_token of an answer to this call");
            }
        }
        return new PageRequest(most, after);
    }

    /** For a list of {@link PagedList#newestFirst}: the number that every number of the page is below. */
    public long below() {
        return after == null ? Long.MAX_VALUE : Long.parseLong(after);
    }

    /**
     * How many rows to read: one more than the limit, which shows whether there is a next page. A statement leaves out a row when the
     * rows before it, but for the one directly before, already have {@link #MOST_BYTES}.
     */
    public int rows() {
        return limit + 1;
    }
}
