package dev.mooring.operations.orders;

import dev.mooring.Dependency;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.breaker.OperatorControl;
import dev.mooring.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides which order one breaker of this instance obeys. A recorded order counts if its number is higher than any before. An order
 * that this instance took while the database was away has no number: it holds until it expires, until this instance takes the next
 * order, or until this instance reads a recorded order that was given later. Two ages are compared to find the later order. A single
 * clock measures each age, so instances whose clocks differ still agree. An age that the database measured held at some time between
 * the question and now: where that time decides which order is the later, the local order stays until the next reading. Thread-safe.
 */
final class Obedience {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Dependency dependency;
    private final Time time;

    /** The highest number of an order that the breaker obeyed or skipped. Guarded by this. */
    private long known;

    /** When this instance's last order was given, in nanoseconds, if only this instance knows that order. Guarded by this. */
    private @Nullable Long localSince;

    Obedience(Dependency dependency, Time time) {
        this.dependency = dependency;
        this.time = time;
    }

    /** This instance took an order and recorded it. */
    synchronized void recorded(long seq, Order order) {
        if (seq > known) {
            known = seq;
            localSince = null;
            obey(order);
        }
    }

    /** This instance took an order at {@code given}, a time of its clock in nanoseconds, and could not record it. */
    synchronized void local(Order order, long given) {
        localSince = given;
        obey(order);
    }

    /**
     * This instance read an order from the table.
     *
     * @param asked when it sent the question, in nanoseconds of its clock
     * @param atStart whether this is its first reading
     */
    synchronized void heard(RecordedOrder order, long asked, boolean atStart) {
        if (order.seq() <= known) {
            return;
        }
        Long local = localSince;
        if (local != null && order.age().toNanos() >= asked - local) {
            if (order.age().toNanos() >= time.nanos() - local) {
                known = order.seq();
            }
            return;
        }
        known = order.seq();
        localSince = null;
        boolean nothingToEnd = atStart && local == null;
        if (order.left().isPresent()) {
            hold(order, order.left().get());
        } else if (!nothingToEnd) {
            end(order.kind());
        }
    }

    private void obey(Order order) {
        if (order.lasts().isPresent()) {
            force(
                    order.kind(),
                    new OperatorAct(order.actor(), order.reason(), order.lasts().get()));
        } else {
            end(order.kind());
        }
    }

    private void hold(RecordedOrder order, Duration left) {
        if (left.compareTo(AT_ONCE) > 0) {
            force(order.kind(), new OperatorAct(order.actor(), order.reason(), left));
        } else if (dependency.breaker().view().forced().isPresent()) {
            // The order replaced the one in force here and has expired since; this instance catches up with both.
            force(order.kind(), new OperatorAct(order.actor(), order.reason(), AT_ONCE));
        }
    }

    private void force(OrderKind kind, OperatorAct order) {
        OperatorControl operator = dependency.operator();
        if (kind == OrderKind.OPEN) {
            operator.open(order);
        } else {
            operator.bypass(order);
        }
    }

    private void end(OrderKind kind) {
        if (kind == OrderKind.RESET) {
            dependency.operator().reset();
        } else {
            dependency.operator().close();
        }
    }
}
