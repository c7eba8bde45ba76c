package dev.mooring.spring.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items the entries of the page, in the order of the list
 * @param nextToken the value of {@code page_token} that asks for the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {

    /**
     * Makes a page.
     *
     * @param rows up to {@link PageRequest#rows()} rows after {@link PageRequest#after()}; the last one only shows that there is a
     *     next page
     * @param key the key of a row, from which the next page continues
     */
    public static <T> Page<T> of(List<T> rows, PageRequest request, PagedList list, Function<T, String> key) {
        if (rows.size() <= request.limit()) {
            return new Page<>(List.copyOf(rows), null);
        }
        List<T> items = List.copyOf(rows.subList(0, request.limit()));
        return new Page<>(items, PageToken.after(list, key.apply(items.get(items.size() - 1))));
    }
}
