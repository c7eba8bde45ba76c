package dev.mooring.supervision;

/**
 * Where the code of a backend runs for the supervisor, which itself never waits. Threads of each dependency's own in real life, virtual
 * time in a simulation.
 */
public interface ProbeRunner {
    /**
     * Begins {@code work} (a probe, a verification, a start task) on another thread and returns at once.
     *
     * @return false when no thread is free: then the work was not begun
     */
    boolean begin(Runnable work);

    /**
     * Begins {@code work} on the thread that is kept for {@link dev.mooring.probe.Recovery#opened}, whatever the others do. While it runs
     * there already, it runs once more afterwards.
     */
    void opened(Runnable work);

    /** Closes what a probe held that the supervisor gave up, on a thread that is kept for it. */
    void discard(Runnable closing);

    /** Ends its threads by interruption; does not wait for them. */
    void stop();
}
