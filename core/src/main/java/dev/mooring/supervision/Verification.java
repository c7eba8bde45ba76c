package dev.mooring.supervision;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.probe.Recovery;
import dev.mooring.time.Time;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a pooled connection, the kind that calls use, before the breaker lets calls in again. One verification runs at a time. When the
 * supervisor begins another, it ignores the result of the one before.
 */
final class Verification {
    private final Recovery recovery;
    private final FailureClassifier classifier;
    private final ProbeRunner runner;
    private final Time time;
    private final Runnable wake;

    /** Guards every field below: the supervisor begins a verification, a probe thread ends it. */
    private final Object lock = new Object();

    private int current;
    private boolean running;
    private long begunNanos;
    private @Nullable Result result;

    /** How it ended; {@code failure} is empty when calls would work. */
    record Result(Optional<Failure> failure) {}

    Verification(Recovery recovery, FailureClassifier classifier, ProbeRunner runner, Time time, Runnable wake) {
        this.recovery = recovery;
        this.classifier = classifier;
        this.runner = runner;
        this.time = time;
        this.wake = wake;
    }

    boolean isRunning() {
        synchronized (lock) {
            return running;
        }
    }

    long age(long now) {
        synchronized (lock) {
            return running ? now - begunNanos : 0;
        }
    }

    void begin(long now) {
        int mine;
        synchronized (lock) {
            mine = ++current;
            running = true;
            result = null;
            begunNanos = now;
        }
        if (!runner.begin(() -> run(mine))) {
            forget();
        }
    }

    /** Ignores the result of the verification that runs, if one does. */
    void forget() {
        synchronized (lock) {
            current++;
            running = false;
            result = null;
        }
    }

    Optional<Result> poll() {
        synchronized (lock) {
            Result ended = result;
            result = null;
            return Optional.ofNullable(ended);
        }
    }

    private void run(int mine) {
        Optional<Failure> failure = verify();
        synchronized (lock) {
            if (mine == current) {
                running = false;
                result = new Result(failure);
            }
        }
        wake.run();
    }

    /** Classifies on the probe thread, because the classifier is foreign code too and may block. */
    private Optional<Failure> verify() {
        try {
            recovery.verify();
            return Optional.empty();
        } catch (Exception | Error e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(Failure.ofCheck(e, classifier, time.now()));
        }
    }
}
