package dev.mooring.registry.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items what it holds, in order
 * @param nextToken asks for the next page; null if this is the last
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {

    /** Makes a page of rows of which one more was asked for than it may hold. */
    public static <T> Page<T> of(List<T> rows, PageRequest request, PagedList list, Function<T, String> key) {
        if (rows.size() <= request.limit()) {
            return new Page<>(List.copyOf(rows), null);
        }
        List<T> items = List.copyOf(rows.subList(0, request.limit()));
        return new Page<>(items, PageToken.after(list, key.apply(items.get(items.size() - 1))));
    }
}
