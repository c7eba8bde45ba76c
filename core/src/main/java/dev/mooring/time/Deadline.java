package dev.mooring.time;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The point in time at which the present caller stops waiting. Mooring cuts the time limits of a dependency to what is left of it;
 * background work has no deadline and gets the full limits.
 *
 * <p>A deadline belongs to the thread that opened it and ends with {@link Scope#close()}; inside an outer deadline the nearer one
 * counts. Work that moves to another thread takes it along with {@link #current()} and {@link #open()}.
 */
public final class Deadline {
    private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

    private final Time time;
    private final long atNanos;

    private Deadline(Time time, long atNanos) {
        this.time = time;
        this.atNanos = atNanos;
    }

    /** A deadline {@code left} from now. Negative means that it has passed already. */
    public static Deadline in(Duration left, Time time) {
        return new Deadline(time, time.nanos() + left.toNanos());
    }

    /** The deadline of this thread, if one is open. */
    public static Optional<Deadline> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** {@code limit}, cut to what is left for this thread; never negative. */
    public static Duration cut(Duration limit) {
        Deadline deadline = CURRENT.get();
        if (deadline == null) {
            return limit;
        }
        Duration left = deadline.left();
        return left.compareTo(limit) < 0 ? left : limit;
    }

    /** What is left, never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, atNanos - time.nanos()));
    }

    /** Makes this the deadline of the present thread until the scope is closed, unless a nearer one is open already. */
    public Scope open() {
        Deadline outer = CURRENT.get();
        CURRENT.set(outer != null && outer.atNanos - atNanos < 0 ? outer : this);
        return () -> {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        };
    }

    /** Ends a deadline on the thread that opened it. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
