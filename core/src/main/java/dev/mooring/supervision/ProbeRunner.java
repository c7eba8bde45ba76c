package dev.mooring.supervision;

/**
 * Where work that may block is done for the supervisor. One thread pool for each dependency in real life, virtual time in a
 * simulation.
 */
public interface ProbeRunner {
    /**
     * Begins {@code work} on another thread and returns at once.
     *
     * @return false when no thread is free: then the work was not begun
     */
    boolean begin(Runnable work);

    /** Ends its threads by interruption; does not wait for them. */
    void stop();
}
