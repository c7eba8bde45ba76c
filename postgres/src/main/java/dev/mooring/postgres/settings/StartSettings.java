package dev.mooring.postgres.settings;

import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.Settings;

/** The definitions of {@code STARTUP_WAIT} and {@code PROFILE}, which all databases of a process share. */
public final class StartSettings {
    /** The profile from which the retry settings take their defaults. */
    static final Setting<RetryProfile> PROFILE = Setting.oneOf("profile", RetryProfile.class)
            .defaultsTo(RetryProfile.REGISTRY)
            .describedAs("System whose retry settings are in force where nothing else is set.");

    /** Whether the start waits. */
    static final Setting<StartupMode> STARTUP_WAIT = Setting.oneOf("startup-wait", StartupMode.class)
            .defaultsTo(StartupMode.NONE)
            .describedAs(
                    "Whether the start waits for the database: none starts at once, continue waits and then starts anyway,"
                            + " exit waits and ends if the database does not come.");

    /** How the service starts. */
    public static final SettingGroup START =
            SettingGroup.of("Start", "What a start does while the database is not there yet.", STARTUP_WAIT, PROFILE);

    private StartSettings() {}

    /** Whether a start waits for its databases. */
    public static StartupMode mode(Settings settings) {
        return settings.get(STARTUP_WAIT);
    }
}
