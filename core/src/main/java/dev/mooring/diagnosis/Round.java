package dev.mooring.diagnosis;

import java.time.Duration;

/** What a step says while it runs. One thread uses it; after the step's limit nothing that it says counts. */
public interface Round {
    /** Adds a short fact that the step saw, such as {@code 2 addresses: 10.0.0.5, 10.0.0.6}. */
    void saw(String evidence);

    /** Records that a check failed which is a warning. */
    void warn(Check check, String message);

    /** Records that the layer is not in use here, and why. */
    void unused(String why);

    /** How much of the step's limit is left; at least 1 ms. */
    Duration left();

    /** Registers what another thread closes when the step is late, so that the step's thread ends. */
    void closeWhenLate(AutoCloseable resource);
}
