package dev.mooring.postgres.settings;

/** Whether a service waits for its database before it starts. */
public enum StartupMode {
    /** Starts at once and becomes ready later, by itself. */
    NONE,
    /** Waits first, then starts anyway. */
    CONTINUE,
    /** Waits first, and ends with a clear error when the attempts are used up. */
    EXIT
}
