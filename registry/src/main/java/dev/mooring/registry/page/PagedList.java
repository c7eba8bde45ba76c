package dev.mooring.registry.page;

import java.util.Optional;

/** A list that is given out in pages. */
public interface PagedList {
    /** One character that tells a token for this list from those for others. */
    String mark();

    /** The key, if it can be one of this list. */
    Optional<String> key(String text);
}
