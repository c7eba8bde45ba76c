package dev.mooring.registry.models;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the number of a version: 1 to 18 digits without leading zeros, from 1. */
final class VersionNumber {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private VersionNumber() {}

    /** The number; empty if the text is not one. */
    static OptionalLong read(String text) {
        return NUMBER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
