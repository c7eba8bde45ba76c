package dev.mooring.spring.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items the entries of the page, in the order of the list
 * @param nextToken the value of {@code page_token} that asks for the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {

    /** Makes a page of at most {@link PageRequest#limit()} entries, for rows that are small whatever clients send. */
    public static <T> Page<T> of(List<T> rows, PageRequest request, PagedList list, Function<T, String> key) {
        return of(rows, request, list, key, row -> 0);
    }

    /**
     * Makes a page of at most {@link PageRequest#limit()} entries and about {@link PageRequest#MOST_BYTES}: an entry begins the next page
     * when the entries before it reach that size. A page holds at least one entry, however large it is.
     *
     * @param rows up to {@link PageRequest#rows()} rows after {@link PageRequest#after()}. The caller may leave out rows that cannot be
     *     on the page, but not the one that begins the next page
     * @param key the key of a row, from which the next page continues
     * @param bytes the size of a row
     */
    public static <T> Page<T> of(
            List<T> rows, PageRequest request, PagedList list, Function<T, String> key, ToLongFunction<T> bytes) {
        return of(rows, false, request, list, key, bytes);
    }

    /**
     * The same with rows that end before the list ends.
     *
     * @param more whether the list has rows after {@code rows}
     */
    public static <T> Page<T> of(
            List<T> rows,
            boolean more,
            PageRequest request,
            PagedList list,
            Function<T, String> key,
            ToLongFunction<T> bytes) {
        List<T> items = new ArrayList<>();
        long size = 0;
        for (T row : rows) {
            if (items.size() == request.limit() || (!items.isEmpty() && size >= PageRequest.MOST_BYTES)) {
                break;
            }
            items.add(row);
            size += bytes.applyAsLong(row);
        }
        boolean last = !more && items.size() == rows.size();
        return new Page<>(
                List.copyOf(items),
                last || items.isEmpty() ? null : PageToken.after(list, key.apply(items.get(items.size() - 1))));
    }

    /** The same page with other entries. */
    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), nextToken);
    }
}
