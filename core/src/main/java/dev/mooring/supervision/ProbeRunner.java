package dev.mooring.supervision;

/**
 * Runs a backend's code for the supervisor, which itself never waits: on threads of that dependency alone, or in virtual time in a
 * simulation.
 */
public interface ProbeRunner {
    /**
     * Begins {@code work} (a probe, a verification, a start task) on another thread and returns at once.
     *
     * @return false when no thread is free; then the work does not begin
     */
    boolean begin(Runnable work);

    /**
     * Begins {@code work} on the thread reserved for {@link dev.mooring.probe.Recovery#opened}, whatever the others do. While that
     * thread runs it already, the work runs once more afterwards.
     */
    void opened(Runnable work);

    /** Closes what an abandoned probe held, on a thread reserved for closing. */
    void discard(Runnable closing);

    /** Interrupts its threads; does not wait for them. */
    void stop();
}
