package dev.mooring.settings;

/**
 * One mistake in the configuration.
 *
 * @param name the variable or property that is to be changed
 * @param message one line for people: name, value (never a secret) and what is accepted
 */
public record SettingProblem(String name, String message) {
    @Override
    public String toString() {
        return message;
    }
}
