package dev.mooring.spring.page;

import java.util.Optional;
import java.util.function.Predicate;

/** A list that clients read page by page, each page by the last key of the previous one. */
public interface PagedList {
    /** One character that distinguishes a token of this list from tokens of the application's other lists. */
    String mark();

    /** The key, or empty if it cannot be a key of this list. */
    Optional<String> key(String text);

    /** A list in the order of its keys, which are the texts that {@code isKey} accepts. */
    static PagedList byKey(String mark, Predicate<String> isKey) {
        return new KeyedList(mark, isKey);
    }

    /** A list in falling order of its keys, which are numbers from 1; {@link PageRequest#below()} bounds a page. */
    static PagedList newestFirst(String mark) {
        return new KeyedList(mark, KeyedList.NUMBER);
    }
}
