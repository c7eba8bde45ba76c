package dev.mooring.postgres.connect;

/** Receives the outcome of each attempt to log in, on the thread that made it. */
@FunctionalInterface
public interface AttemptListener {
    /** Receives one outcome. */
    void tried(LoginAttempt attempt);
}
