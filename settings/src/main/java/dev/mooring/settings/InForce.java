package dev.mooring.settings;

import java.util.Optional;

/**
 * The value in force of a setting and its origin, for people.
 *
 * @param setting the setting
 * @param isSet whether there is a value or {@code off}; a default counts
 * @param shown the value as text; empty when there is none or it may not be shown, as that of a secret
 * @param origin where it comes from: {@code environment DATABASE_PORT}, {@code default}, {@code not set}
 */
public record InForce(Setting<?> setting, boolean isSet, Optional<String> shown, String origin) {}
