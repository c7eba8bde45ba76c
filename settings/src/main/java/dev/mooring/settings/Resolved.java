package dev.mooring.settings;

import java.util.Optional;

/**
 * What is in force for one setting.
 *
 * @param value the value, or nothing when there is neither one nor a default
 * @param isSet whether a source has it, or the setting that it is a part of
 * @param name its name in that source, for messages
 * @param origin where it comes from, for people
 * @param file present when the value is a secret from a file
 */
record Resolved<T>(Optional<T> value, boolean isSet, String name, String origin, Optional<SecretSource> file) {}
