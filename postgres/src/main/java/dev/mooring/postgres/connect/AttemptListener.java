package dev.mooring.postgres.connect;

/** Is told how each attempt to log in ended, on the thread that tried. */
@FunctionalInterface
public interface AttemptListener {
    /** Takes one. */
    void tried(LoginAttempt attempt);
}
