package dev.mooring.registry.models;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The number of a version as it is written: digits without leading zeros, from 1. */
final class VersionNumber {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private VersionNumber() {}

    /** The number; empty if it is none. */
    static OptionalLong read(String text) {
        return NUMBER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
