package dev.mooring.settings;

/**
 * One mistake in the configuration.
 *
 * @param name the setting to change, as an environment variable
 * @param message one line for people: name, value (never a secret) and the values that are accepted
 */
public record SettingProblem(String name, String message) {
    @Override
    public String toString() {
        return message;
    }
}
