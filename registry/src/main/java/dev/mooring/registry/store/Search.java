package dev.mooring.registry.store;

import java.util.List;

/**
 * What a search wants.
 *
 * @param conditions all must be met; the names of their parameters differ
 * @param order SQL expressions on the row {@code r} by which to order; never text that a client sent
 * @param limit the most rows
 * @param offset how many rows to leave out at the beginning
 * @param bytes the size of a page: rows after those that have it are left out, but for the first
 * @param namesOne whether a condition names the one row that can meet it, so that one plan serves all values
 */
public record Search(List<Condition> conditions, String order, long limit, long offset, long bytes, boolean namesOne) {
    public Search {
        conditions = List.copyOf(conditions);
    }
}
