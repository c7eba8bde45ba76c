package dev.mooring.settings;

import java.util.Optional;

/**
 * What is in force for one setting.
 *
 * @param value the value, or nothing when there is neither one nor a default
 * @param isSet whether somebody set it, or what it is taken from
 * @param name what it is called where it was set, for messages
 * @param origin where it comes from, for people
 * @param file present when the value is a secret from a file
 */
record Resolved<T>(Optional<T> value, boolean isSet, String name, String origin, Optional<SecretSource> file) {}
