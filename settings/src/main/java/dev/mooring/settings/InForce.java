package dev.mooring.settings;

import java.util.Optional;

/**
 * What is in force for a setting, for people.
 *
 * @param setting the setting
 * @param isSet whether there is a value at all, a default included
 * @param shown the value; empty when there is none and for a secret
 * @param origin where it comes from: {@code environment DATABASE_PORT}, {@code default}, {@code not set}
 */
public record InForce(Setting<?> setting, boolean isSet, Optional<String> shown, String origin) {}
