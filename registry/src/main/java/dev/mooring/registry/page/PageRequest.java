package dev.mooring.registry.page;

import dev.mooring.registry.body.Mistakes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for.
 *
 * @param limit the most entries, 1 to 100
 * @param after the last key of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {
    /** What a page holds when nothing is asked for, and the most it holds. */
    public static final int MOST = 100;

    private static final Pattern LIMIT = Pattern.compile("0*[1-9][0-9]?|0*100");

    /** Reads the parameters {@code limit} and {@code page_token} as they came, noting what is wrong with them. */
    public static PageRequest of(PagedList list, @Nullable String limit, @Nullable String token, Mistakes mistakes) {
        int most = MOST;
        if (limit != null) {
            if (LIMIT.matcher(limit).matches()) {
                most = Integer.parseInt(limit);
            } else {
                mistakes.add("limit", "must be a number from 1 to " + MOST);
            }
        }
        String after = null;
        if (token != null) {
            after = PageToken.lastKey(list, token).orElse(null);
            if (after == null) {
                mistakes.add("page_token", "is not the next_page_token of an answer to this call");
            }
        }
        return new PageRequest(most, after);
    }

    /** The number that a page of a list in falling order must stay below. */
    public long below() {
        return after == null ? Long.MAX_VALUE : Long.parseLong(after);
    }

    /** One more than the page holds, to see whether there is another. */
    public int rows() {
        return limit + 1;
    }
}
