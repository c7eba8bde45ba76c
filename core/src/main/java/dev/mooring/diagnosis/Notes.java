package dev.mooring.diagnosis;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one step said. Its thread writes, the engine's thread reads; a step that is late writes no more. Thread-safe. */
final class Notes implements Round {
    private static final Logger LOG = LoggerFactory.getLogger(Notes.class);

    private final long end;
    /** Guarded by this, as all fields below. */
    private final List<String> evidence = new ArrayList<>();

    private final List<Fault> faults = new ArrayList<>();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private boolean unused;
    private boolean late;

    /** {@code end} is when the step's limit passes, in nanoseconds. */
    Notes(long end) {
        this.end = end;
    }

    @Override
    public synchronized void saw(String fact) {
        evidence.add(Failure.oneLine(fact));
    }

    @Override
    public synchronized void warn(Check check, String message) {
        faults.add(new Fault(check, message));
    }

    @Override
    public synchronized void unused(String why) {
        unused = true;
        evidence.add(Failure.oneLine(why));
    }

    @Override
    public Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }

    @Override
    public void closeWhenLate(AutoCloseable resource) {
        boolean closeNow;
        synchronized (this) {
            closeNow = late;
            toClose.add(resource);
        }
        if (closeNow) {
            close(resource);
        }
    }

    /** Frees the thread of a step that is late. */
    void endLate() {
        List<AutoCloseable> all;
        synchronized (this) {
            late = true;
            all = List.copyOf(toClose);
        }
        all.forEach(Notes::close);
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failed) {
            LOG.debug("closing what a late step of a diagnosis left", failed);
        }
    }

    synchronized LayerResult result(Layer layer, long begun) {
        Outcome passed = unused ? Outcome.UNUSED : Outcome.PASSED;
        return new LayerResult(layer, faults.isEmpty() ? passed : Outcome.WARNING, since(begun), evidence, faults);
    }

    synchronized LayerResult broken(Layer layer, long begun, Fault fatal) {
        List<Fault> all = new ArrayList<>(faults);
        all.add(fatal);
        return new LayerResult(layer, Outcome.FAILED, since(begun), evidence, all);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
