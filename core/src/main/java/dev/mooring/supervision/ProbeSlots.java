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
 * The running probes: three at most, two while a diagnosis has a place, so that probing costs a dependency at most three connections. The supervisor's thread uses all
 * of it but {@link #outcomes}.
 */
final class ProbeSlots {
    static final int SLOTS = 3;

    private final Probe probe;
    private final FailureClassifier classifier;
    private final ProbeRunner runner;
    private final Time time;
    private final List<RunningProbe> running = new ArrayList<>(SLOTS);
    /** Written by probe threads; at most one entry for each probe that was begun. */
    private final Queue<ProbeOutcome> outcomes = new ConcurrentLinkedQueue<>();

    private final Runnable wake;
    private final DiagnosisPlace place;

    ProbeSlots(
            Probe probe,
            FailureClassifier classifier,
            ProbeRunner runner,
            Time time,
            Runnable wake,
            DiagnosisPlace place) {
        this.probe = probe;
        this.classifier = classifier;
        this.runner = runner;
        this.time = time;
        this.wake = wake;
        this.place = place;
    }

    /** Begins a probe; false when the slots or the threads are all taken. */
    boolean begin(ProbeKind kind, ProbeTiming timing, long now, long pausedTotal) {
        if (isFull()) {
            return false;
        }
        RunningProbe attempt = new RunningProbe(kind, timing.timeout(), now, pausedTotal);
        if (!runner.begin(new Asking(attempt))) {
            return false;
        }
        running.add(attempt);
        place.running(running.size());
        return true;
    }

    /** The next outcome of a probe that the supervisor has not given up. */
    Optional<ProbeOutcome> poll() {
        for (ProbeOutcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            if (running.remove(outcome.probe())) {
                place.running(running.size());
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    boolean isRunning(ProbeKind kind) {
        return running.stream().anyMatch(p -> p.kind() == kind);
    }

    /** Whether a running probe has begun to talk to the dependency. */
    boolean hasSent() {
        return running.stream().anyMatch(RunningProbe::isSent);
    }

    boolean isFull() {
        return running.size() >= place.left(SLOTS);
    }

    /** The age of the oldest running probe, or -1 when none runs. */
    long oldestAge(long now, long pausedTotal) {
        return running.stream().mapToLong(p -> p.age(now, pausedTotal)).max().orElse(-1);
    }

    /** The age of the youngest running probe, or -1 when none runs. */
    long youngestAge(long now, long pausedTotal) {
        return running.stream().mapToLong(p -> p.age(now, pausedTotal)).min().orElse(-1);
    }

    /** Whether the dependency accepted the new connection of a probe that began after {@code lastGood}, and has not answered on it for a second. */
    boolean isAcceptedInVain(long lastGood, long now, long pausedTotal) {
        return running.stream()
                .anyMatch(p -> p.isAcceptedAfter(lastGood) && p.age(now, pausedTotal) >= Rhythm.BESIDE.toNanos());
    }

    /** Gives up the probes of at least that age; true when there was one. */
    boolean abandonOlderThan(long age, long now, long pausedTotal) {
        List<RunningProbe> late =
                running.stream().filter(p -> p.age(now, pausedTotal) >= age).toList();
        late.forEach(this::abandon);
        return !late.isEmpty();
    }

    /**
     * Gives up one probe that has run for at least a second, to make room for another. The oldest probe stays: a frozen server answers
     * that one first when it continues, and its age shows how long the silence has lasted. Of the others, gives up one that still
     * connects, or else the oldest, because a network that drops packets never answers it.
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
        place.running(running.size());
        if (!runner.begin(attempt::abandon)) {
            runner.discard(attempt::abandon);
        }
    }

    /** The work of a probe thread; a type of its own, so that a runner can tell it from other work. */
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

        /** Classifies on the probe thread, because the classifier is foreign code too and may block. */
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
