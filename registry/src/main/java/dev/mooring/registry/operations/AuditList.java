package dev.mooring.registry.operations;

import dev.mooring.spring.page.PagedList;
import java.util.Optional;
import java.util.regex.Pattern;

/** The audit as it is given out: newest first, by number. */
enum AuditList implements PagedList {
    /** The one there is. */
    ENTRIES;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    @Override
    public String mark() {
        return "a";
    }

    @Override
    public Optional<String> key(String text) {
        return Optional.of(text).filter(NUMBER.asMatchPredicate());
    }
}
