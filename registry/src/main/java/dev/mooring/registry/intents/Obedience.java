package dev.mooring.registry.intents;

import dev.mooring.Dependency;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.breaker.OperatorControl;
import dev.mooring.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which order one breaker of this instance obeys. An order that was written down counts if its number is higher than any before.
 * One that was given here while the database was away has no number: it holds until it expires, until the next order is given here,
 * or until one is heard that was given after it. Which of the two is younger is told by their ages, each measured by one clock, so
 * clocks that differ do no harm. Thread-safe.
 */
final class Obedience {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Dependency dependency;
    private final Time time;

    /** The highest number that was obeyed or passed over. Guarded by this. */
    private long known;

    /** The nanosecond at which an order was given that only this instance knows, if it is the last. Guarded by this. */
    private @Nullable Long givenHere;

    Obedience(Dependency dependency, Time time) {
        this.dependency = dependency;
        this.time = time;
    }

    /** An order that was given here and written down. */
    synchronized void recorded(long seq, Order order) {
        if (seq > known) {
            known = seq;
            givenHere = null;
            obey(order);
        }
    }

    /** An order that was given here and could not be written down. */
    synchronized void local(Order order) {
        givenHere = time.nanos();
        obey(order);
    }

    /** What the table says; {@code atStart} when this instance looks into it for the first time. */
    synchronized void heard(Intent intent, boolean atStart) {
        if (intent.seq() <= known) {
            return;
        }
        known = intent.seq();
        Long local = givenHere;
        if (local != null && time.nanos() - local <= intent.age().toNanos()) {
            return;
        }
        givenHere = null;
        boolean nothingToEnd = atStart && local == null;
        if (intent.left().isPresent()) {
            hold(intent, intent.left().get());
        } else if (!nothingToEnd) {
            end(intent.act());
        }
    }

    private void obey(Order order) {
        if (order.lasts().isPresent()) {
            order(
                    order.act(),
                    new OperatorAct(order.actor(), order.reason(), order.lasts().get()));
        } else {
            end(order.act());
        }
    }

    private void hold(Intent intent, Duration left) {
        if (left.compareTo(AT_ONCE) > 0) {
            order(intent.act(), new OperatorAct(intent.actor(), intent.reason(), left));
        } else if (dependency.breaker().view().forced().isPresent()) {
            // It replaced what is in force here and has expired since: that is what happens now.
            order(intent.act(), new OperatorAct(intent.actor(), intent.reason(), AT_ONCE));
        }
    }

    private void order(Act act, OperatorAct what) {
        OperatorControl operator = dependency.operator();
        if (act == Act.OPEN) {
            operator.open(what);
        } else {
            operator.bypass(what);
        }
    }

    private void end(Act act) {
        if (act == Act.RESET) {
            dependency.operator().reset();
        } else {
            dependency.operator().close();
        }
    }
}
