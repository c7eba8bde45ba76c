package dev.mooring.probe;

/**
 * Work that must be done once, when the dependency first answers, before calls to it are admitted; for example a migration. Runs
 * on a thread of its own and is tried again when it fails.
 *
 * @param name what it is called in logs and in the reason for not being ready
 */
public record StartTask(String name, Work work) {
    /** The work. Interrupted when supervision ends. */
    @FunctionalInterface
    public interface Work {
        /** Does it; must be safe to repeat. */
        void run() throws Exception;
    }
}
