package dev.mooring.testing.process;

import java.util.Optional;

/** What tests ask about a process that is not theirs. */
final class Proc {
    private Proc() {}

    /** Whether it is there and not a zombie. */
    static boolean runs(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isPresent()
                && process.get().isAlive()
                && process.get().info().startInstant().isPresent()
                && process.get().info().command().isPresent();
    }
}
