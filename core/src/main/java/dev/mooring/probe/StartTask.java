package dev.mooring.probe;

/**
 * Work that the supervisor does once, when a probe first succeeded, before the breaker lets calls in; for example a migration. Runs
 * on a probe thread. A task that fails is repeated after a pause of 0.5 s, which grows to 10 s. All tasks run again when a probe
 * finds that their work is gone ({@link ProbeAnswer#unprepared(String)}).
 *
 * @param name its name in logs and in the reason for not being ready
 */
public record StartTask(String name, Work work) {
    /** The work. The end of supervision interrupts it. */
    @FunctionalInterface
    public interface Work {
        /** Does the work; must be safe to repeat. */
        void run() throws Exception;
    }
}
