package dev.mooring.settings;

import java.util.Optional;

/**
 * The value in force of one setting.
 *
 * @param value the value; empty when it is {@code off}, or when neither a source nor a default has one
 * @param isSet whether a source has the setting, or the one that it is a part of
 * @param name the name of the setting in its source, for messages
 * @param origin the source of the value, for people
 * @param file present when the value is a secret from a file
 */
record Resolved<T>(Optional<T> value, boolean isSet, String name, String origin, Optional<SecretSource> file) {}
