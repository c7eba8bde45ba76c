package dev.mooring.supervision;

import dev.mooring.event.MooringEvent;
import dev.mooring.health.HealthReport;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises all dependencies in steps. A step never blocks: it does what is due at the given time, publishes a report when
 * something changed or a second has passed, and returns when the next step is due. Only one thread at a time makes steps.
 */
public final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    private final Function<Watch, ProbeRunner> runners;
    private final Runnable wake;
    private final Consumer<MooringEvent> events;
    private final Pauses pauses = new Pauses();
    private final Board board;

    /**
     * Begins supervision.
     *
     * @param runners what runs the code of each dependency
     * @param wake makes the next step come at once; callable from any thread
     * @param events takes events from any thread without waiting
     * @throws IllegalStateException another supervisor supervises one of them
     */
    public Supervisor(
            List<Watch> watches,
            Time time,
            Function<Watch, ProbeRunner> runners,
            Runnable wake,
            Consumer<MooringEvent> events) {
        this.runners = runners;
        this.wake = wake;
        this.events = events;
        List<Watch> attached = new ArrayList<>();
        try {
            for (Watch watch : watches) {
                watch.attach(pauses, runners.apply(watch), wake, events);
                attached.add(watch);
            }
        } catch (RuntimeException refused) {
            attached.forEach(Watch::detach);
            throw refused;
        }
        this.board = new Board(time, attached);
    }

    /**
     * Supervises one more dependency. From then on the report has it, as {@code unknown} before its first evidence. Any thread may call.
     *
     * @throws IllegalArgumentException the supervisor has a dependency of that name
     * @throws IllegalStateException another supervisor supervises it
     */
    public void add(Watch watch) {
        board.add(watch, () -> watch.attach(pauses, runners.apply(watch), wake, events));
        wake.run();
    }

    /**
     * Ends the supervision of one dependency: the report no longer has it, and its breaker refuses calls. False when this supervisor does not
     * supervise it. Any thread may call.
     */
    public boolean remove(Watch watch) {
        boolean removed = board.remove(watch);
        if (removed) {
            watch.detach();
        }
        return removed;
    }

    /**
     * Does what is due at the nanosecond {@code now}. Returns the nanoseconds after which the next step has to come at the latest.
     */
    public long step(long now) {
        pauses.stepBegins(now);
        long wait = EVERY;
        List<Watch> watches = board.watches();
        for (Watch watch : watches) {
            wait = Math.min(wait, step(watch, now));
        }
        board.publish(watches, now);
        return pauses.stepEnds(now, wait);
    }

    /** A step that fails for one dependency must not end the supervision of the others. */
    private static long step(Watch watch, long now) {
        try {
            return watch.step(now);
        } catch (RuntimeException | Error e) {
            LOG.error("a step for {} failed; supervision goes on", watch.spec().name(), e);
            return EVERY;
        }
    }

    /** The present report; a read of memory, see {@link Board#read}. */
    public HealthReport health() {
        return board.read();
    }

    /** Waits until a report says that the service is ready; false when {@code limit} passed first. */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        return board.awaitReady(limit);
    }

    /** From now on the service is not ready, because it is shutting down. */
    public void shuttingDown() {
        board.shuttingDown();
    }

    /** Ends supervision: gives up the probes and refuses calls. */
    public void stop() {
        board.watches().forEach(Watch::detach);
    }
}
