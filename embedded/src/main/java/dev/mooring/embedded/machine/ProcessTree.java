package dev.mooring.embedded.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A process and all its descendants, to freeze or end them together. Thread-safe. */
public final class ProcessTree {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ProcessHandle root;

    /** The tree below {@code root}; each call looks up the descendants again. */
    public ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /**
     * Stops every process of the tree (SIGSTOP) and returns when all are stopped. The root stops first, so it starts no more children. The
     * others follow in rounds until no new one appears, since each may have started a child before it stopped.
     *
     * @throws IllegalStateException if a process still runs after 10 s
     */
    public void freeze() {
        Set<ProcessHandle> signalled = new HashSet<>();
        boolean stopped = Waiting.until(
                () -> {
                    List<ProcessHandle> all = signalled.isEmpty() ? List.of(root) : all();
                    List<ProcessHandle> fresh = all.stream()
                            .filter(process -> !signalled.contains(process))
                            .toList();
                    Signal.STOP.sendTo(fresh);
                    signalled.addAll(fresh);
                    return fresh.isEmpty() && all.stream().allMatch(ProcessTree::isStopped);
                },
                LIMIT);
        if (!stopped) {
            throw new IllegalStateException(
                    "process " + root.pid() + " and those below it did not stop within " + LIMIT);
        }
    }

    /** Continues every process of the tree after {@link #freeze()}. */
    public void thaw() {
        Signal.CONT.sendTo(all());
    }

    /**
     * Kills every process of the tree (SIGKILL) and returns when all are gone.
     *
     * @throws IllegalStateException if a process is still there after 10 s
     */
    public void kill() {
        // The root stops first, so it starts no child between the look and the kill. It dies last, so no child notices
        // its death and says goodbye to a client.
        Signal.STOP.sendTo(List.of(root));
        List<ProcessHandle> all = all();
        Collections.reverse(all);
        Signal.KILL.sendTo(all);
        if (!Waiting.until(() -> all.stream().allMatch(ProcessTree::isGone), LIMIT)) {
            throw new IllegalStateException(
                    "process " + root.pid() + " and those below it are not gone " + LIMIT + " after SIGKILL: "
                            + all.stream().filter(process -> !isGone(process)).toList());
        }
    }

    /** Waits until the root has ended; false if it has not within {@code limit}, or the calling thread was interrupted. */
    public boolean awaitEnd(Duration limit) {
        return Waiting.until(() -> isGone(root), limit);
    }

    private List<ProcessHandle> all() {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(root);
        root.descendants().forEach(all::add);
        return all;
    }

    private static boolean isGone(ProcessHandle process) {
        // A zombie counts as gone: it only waits for its parent, which may be an init that reaps late or never.
        return !process.isAlive()
                || stateOf(process).filter(state -> state == 'Z').isPresent();
    }

    /** Whether a process that got the signal to stop runs no more code of its own. */
    private static boolean isStopped(ProcessHandle process) {
        // D is a wait inside the kernel, such as for a stopped vfork child; the process stops before it runs again.
        return isGone(process)
                || stateOf(process)
                        .filter(state -> state != 'T' && state != 'D')
                        .isEmpty();
    }

    /** The letter of the process's state; empty where there is no /proc, or the process is gone. */
    private static Optional<Character> stateOf(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            return Optional.of(stat.charAt(stat.lastIndexOf(')') + 2));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
