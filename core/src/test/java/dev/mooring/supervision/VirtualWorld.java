package dev.mooring.supervision;

import dev.mooring.event.MooringEvent;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.HealthReport;
import dev.mooring.health.Status;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Runs the real supervisor in virtual time, on one thread: time moves from one due thing to the next, so that ten minutes of an
 * outage take milliseconds and happen the same way each time.
 */
final class VirtualWorld {
    private final ManualTime clock = new ManualTime();
    private final Time time;
    private final PriorityQueue<Due> agenda = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final List<MooringEvent> events = new ArrayList<>();
    private final long origin;
    private List<Watch> watches = List.of();
    private Supervisor supervisor;
    private boolean woken;
    private long nextStep;
    private long paused;
    private long lastPauseEnd;
    private Consumer<MooringEvent> listener = events::add;
    private Runnable afterStep = () -> {};

    /** {@code at} counts nanoseconds since the world began, so that it can be compared. */
    private record Due(long at, Runnable work) {}

    VirtualWorld() {
        this(new SplittableRandom(1));
    }

    /** A world that draws all chance from {@code chance}. */
    VirtualWorld(RandomGenerator chance) {
        time = Time.of(clock.wall(), clock.monotonic(), chance);
        origin = time.nanos();
    }

    Time time() {
        return time;
    }

    /** Nanoseconds since the world began. */
    long elapsed() {
        return time.nanos() - origin;
    }

    void begin(List<Watch> all, Function<Watch, ProbeRunner> runners) {
        watches = all;
        supervisor = new Supervisor(all, time, runners, () -> woken = true, event -> listener.accept(event));
    }

    /** Hands each event from now on to {@code next} at once, instead of keeping it. */
    void listener(Consumer<MooringEvent> next) {
        listener = next;
    }

    /** Calls {@code look} after each step of the supervisor from now on. */
    void afterStep(Runnable look) {
        afterStep = look;
    }

    /** Something happens in this world later. */
    void after(Duration delay, Runnable work) {
        agenda.add(new Due(elapsed() + delay.toNanos(), work));
    }

    void run(Duration howLong) {
        long end = elapsed() + howLong.toNanos();
        while (elapsed() < end) {
            moveOn(end);
        }
    }

    /** Runs until {@code condition} holds; gives how long that took. */
    Duration until(BooleanSupplier condition, Duration atMost) {
        long begun = elapsed();
        long end = begun + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (elapsed() >= end) {
                List<MooringEvent> last = events.subList(Math.max(0, events.size() - 12), events.size());
                throw new AssertionError("not within " + atMost + "; the last events: " + last);
            }
            moveOn(end);
        }
        return Duration.ofNanos(elapsed() - begun);
    }

    /** This process stands still: time passes, and no code of the process runs. */
    void pause(Duration howLong) {
        clock.advance(howLong);
        paused += howLong.toNanos();
        lastPauseEnd = elapsed();
    }

    /** Nanoseconds since the world began in which this process ran. */
    long ran() {
        return elapsed() - paused;
    }

    /** When this process last began to run again, in nanoseconds since the world began. */
    long lastPauseEnd() {
        return lastPauseEnd;
    }

    private void moveOn(long end) {
        if (woken || nextStep <= elapsed()) {
            woken = false;
            nextStep = elapsed() + supervisor.step(time.nanos());
            afterStep.run();
            return;
        }
        long next = Math.min(end, nextStep);
        Due first = agenda.peek();
        if (first != null && first.at() <= next) {
            agenda.poll();
            clock.advance(Duration.ofNanos(Math.max(0, first.at() - elapsed())));
            first.work().run();
            return;
        }
        clock.advance(Duration.ofNanos(Math.max(0, next - elapsed())));
    }

    HealthReport health() {
        return supervisor.health();
    }

    DependencyHealth health(String dependency) {
        return health().dependency(dependency).orElseThrow();
    }

    Status status() {
        return health().dependencies().get(0).status();
    }

    Watch watch() {
        return watches.get(0);
    }

    Supervisor supervisor() {
        return supervisor;
    }

    List<MooringEvent> events() {
        return events;
    }

    <E extends MooringEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
