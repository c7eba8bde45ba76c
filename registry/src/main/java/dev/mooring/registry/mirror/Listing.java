package dev.mooring.registry.mirror;

import java.util.List;

/**
 * A page of a list.
 *
 * @param rows its rows
 * @param more whether there is a next page
 * @param sentAt {@link System#nanoTime()} before the request
 */
record Listing<T>(List<T> rows, boolean more, long sentAt) {}
