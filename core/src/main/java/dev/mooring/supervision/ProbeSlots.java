package dev.mooring.supervision;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeKind;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.time.Time;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The probes under way: never more than three, so that asking costs a dependency at most three connections. All but
 * {@link #outcomes} is used on the supervisor's thread.
 */
final class ProbeSlots {
    private static final int SLOTS = 3;

    private final Probe probe;
    private final FailureClassifier classifier;
    private final ProbeRunner runner;
    private final Time time;
    private final List<RunningProbe> running = new ArrayList<>(SLOTS);
    /** Written by probe threads; at most one entry for each probe that was begun. */
    private final Queue<ProbeOutcome> outcomes = new ConcurrentLinkedQueue<>();

    private final Runnable wake;

    ProbeSlots(Probe probe, FailureClassifier classifier, ProbeRunner runner, Time time, Runnable wake) {
        this.probe = probe;
        this.classifier = classifier;
        this.runner = runner;
        this.time = time;
        this.wake = wake;
    }

    /** Begins a probe; false when the slots or the threads are all taken. */
    boolean begin(ProbeKind kind, ProbeTiming timing, long now, long pausedTotal) {
        if (running.size() >= SLOTS) {
            return false;
        }
        RunningProbe attempt = new RunningProbe(kind, timing.timeout(), now, pausedTotal);
        if (!runner.begin(new Asking(attempt))) {
            return false;
        }
        running.add(attempt);
        return true;
    }

    /** The next outcome of a probe that was not given up meanwhile. */
    Optional<ProbeOutcome> poll() {
        for (ProbeOutcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            if (running.remove(outcome.probe())) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    boolean isRunning(ProbeKind kind) {
        return running.stream().anyMatch(p -> p.kind() == kind);
    }

    boolean isFull() {
        return running.size() >= SLOTS;
    }

    /** The age of the probe that has waited longest for an answer, or -1 when none is under way. */
    long oldestAge(long now, long pausedTotal) {
        return running.stream().mapToLong(p -> p.age(now, pausedTotal)).max().orElse(-1);
    }

    /** The age of the youngest probe, or -1. */
    long youngestAge(long now, long pausedTotal) {
        return running.stream().mapToLong(p -> p.age(now, pausedTotal)).min().orElse(-1);
    }

    /** Gives up the probes that have had their time; true when there was one. */
    boolean abandonOlderThan(long age, long now, long pausedTotal) {
        List<RunningProbe> late =
                running.stream().filter(p -> p.age(now, pausedTotal) >= age).toList();
        late.forEach(this::abandon);
        return !late.isEmpty();
    }

    /**
     * Makes room for another try. The oldest stays: a frozen server answers it first when it thaws, and its age is what silence
     * is measured with. Of the others one that is still connecting goes first, else the next oldest, because what a black hole
     * swallowed it never answers.
     */
    void makeRoom(long now, long pausedTotal) {
        Comparator<RunningProbe> oldestFirst = Comparator.comparingLong(p -> p.startedNanos() - now);
        List<RunningProbe> others = running.stream().sorted(oldestFirst).skip(1).toList();
        others.stream()
                .filter(RunningProbe::isConnecting)
                .findFirst()
                .or(() -> others.stream().findFirst())
                .filter(p -> p.age(now, pausedTotal) >= Rhythm.BESIDE.toNanos())
                .ifPresent(this::abandon);
    }

    void abandonAll() {
        List.copyOf(running).forEach(this::abandon);
    }

    private void abandon(RunningProbe attempt) {
        running.remove(attempt);
        if (!runner.begin(attempt::abandon)) {
            runner.discard(attempt::abandon);
        }
    }

    /** What a probe thread does; a type of its own, so that a runner can tell it from other work. */
    final class Asking implements Runnable {
        private final RunningProbe attempt;

        private Asking(RunningProbe attempt) {
            this.attempt = attempt;
        }

        RunningProbe attempt() {
            return attempt;
        }

        @Override
        public void run() {
            try {
                outcomes.add(outcome());
            } finally {
                wake.run();
            }
        }

        /** Classified here: the classifier is the backend's code too, and may block. */
        private ProbeOutcome outcome() {
            try {
                @Nullable ProbeAnswer answer = probe.ask(attempt);
                if (answer != null) {
                    return new ProbeOutcome.Answered(attempt, time.nanos(), answer);
                }
                return failed(new IllegalStateException("the probe returned null instead of an answer"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return failed(e);
            } catch (Exception | Error e) {
                return failed(e);
            }
        }

        private ProbeOutcome failed(Throwable error) {
            long ended = time.nanos();
            return new ProbeOutcome.Failed(attempt, ended, Failure.ofCheck(error, classifier, time.now()));
        }
    }
}
