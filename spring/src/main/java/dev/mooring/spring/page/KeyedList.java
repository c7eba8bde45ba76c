package dev.mooring.spring.page;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A list whose keys are the texts that {@code isKey} accepts. */
record KeyedList(String mark, Predicate<String> isKey) implements PagedList {
    /** At most 18 digits, which fit into a long. */
    static final Predicate<String> NUMBER = Pattern.compile("[1-9][0-9]{0,17}").asMatchPredicate();

    @Override
    public Optional<String> key(String text) {
        return Optional.of(text).filter(isKey);
    }
}
