package dev.mooring.messages.queue;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.messages.queue.Lanes.Turn;
import dev.mooring.thread.BackgroundLoop;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes the messages of a queue until it is closed, each at least once: it receives them, gives them to a {@link Handler} on threads of
 * its own, tries again what failed, makes dead letters of what keeps failing, and acknowledges what was processed. It processes a message
 * whose id it remembers only once; its memory ends with the process, so a handler whose work must be done once in any case uses {@link
 * dev.mooring.messages.queue.postgres.OnceInTransaction}. It extends the leases of what it holds; what it holds when it dies comes to another consumer after the lease.
 * Thread-safe.
 */
public final class Consumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    /** How long it waits for messages at a time at most, so that {@link #close} waits no longer. */
    private static final Duration LISTEN = Duration.ofMillis(500);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final ConsumerPlan plan;
    private final MessageQueue queue;
    private final Time time;
    private final Lanes lanes;
    private final Processor processor;
    private final HandlerThreads threads;
    private final BackgroundLoop loop;

    /** How long it waits for messages at a time: much less than a lease. */
    private final Duration listen;

    /** When the leases are extended next; only the loop uses it. */
    private long extendAt;

    /** Whether the last question to the queue failed; only the loop uses it. */
    private boolean failing;

    private Consumer(ConsumerPlan plan, MessageQueue queue, Handler handler, Time time) {
        this.plan = plan;
        this.queue = queue;
        this.time = time;
        this.lanes = new Lanes(plan.key(), plan.places());
        String name = queue.name() + "-" + plan.reader().group();
        this.threads = new HandlerThreads(plan.places(), "mooring-handler-" + name);
        this.loop = BackgroundLoop.of("mooring-consumer-" + name, this::step);
        this.processor = new Processor(plan, queue, handler, loop::isEnding);
        Duration shortest = plan.reader().lease().dividedBy(4);
        this.listen = shortest.compareTo(LISTEN) < 0 ? shortest : LISTEN;
        this.extendAt = time.nanos() + extendEvery();
    }

    /** Starts a consumer. */
    public static Consumer start(ConsumerPlan plan, MessageQueue queue, Handler handler, Time time) {
        Consumer consumer = new Consumer(plan, queue, handler, time);
        consumer.loop.start();
        return consumer;
    }

    private long extendEvery() {
        return plan.reader().lease().toNanos() / 3;
    }

    private Duration step() throws InterruptedException {
        try {
            extendLeases();
            int room = 2 * plan.places() - lanes.size();
            if (room > 0) {
                receive(room);
            }
            process();
            worked();
            return room > 0 ? Duration.ZERO : untilDue(listen);
        } catch (MooringException failed) {
            failed(failed);
            process();
            return untilDue(PAUSE_AFTER_FAILURE);
        }
    }

    private Duration untilDue(Duration most) {
        // A place that comes free wakes the loop.
        Optional<Duration> due = lanes.running() == plan.places() ? Optional.empty() : lanes.untilDue(time.nanos());
        return due.filter(soon -> soon.compareTo(most) < 0).orElse(most);
    }

    private void extendLeases() {
        long now = time.nanos();
        if (now - extendAt < 0) {
            return;
        }
        List<Received> all = lanes.toExtend(now, plan.longest());
        if (!all.isEmpty()) {
            lanes.extended(
                    all,
                    queue.extend(plan.reader(), all),
                    now + plan.reader().lease().toNanos());
        }
        extendAt = now + extendEvery();
    }

    private void receive(int room) throws InterruptedException {
        // The lease began after the question, so it ends a little later than this.
        long leaseEndsAt = time.nanos() + plan.reader().lease().toNanos();
        lanes.add(queue.receive(plan.reader(), room, untilDue(listen)), leaseEndsAt, time.nanos());
    }

    /** Hands out what is due while places are free. */
    private void process() {
        for (Optional<Turn> turn = lanes.next(time.nanos()); turn.isPresent(); turn = lanes.next(time.nanos())) {
            Turn one = turn.get();
            threads.run(() -> process(one));
        }
    }

    private void process(Turn turn) {
        Processor.End end = Processor.End.AGAIN;
        try {
            end = turn.held().leaseEndsAt() - time.nanos() <= 0 ? Processor.End.LOST : processor.process(turn.held());
        } finally {
            switch (end) {
                case DONE, LOST -> lanes.done(turn, time.nanos());
                case FAILED, AGAIN -> lanes.again(turn, end == Processor.End.FAILED, dueAfter(turn));
            }
            loop.wake();
        }
        process();
    }

    private long dueAfter(Turn turn) {
        Duration pause = plan.backoff().delayAfter(turn.held().number() + 1, time.chance());
        return time.nanos() + pause.toNanos();
    }

    private void failed(MooringException failed) {
        if (!failing) {
            LOG.info("{} waits for its queue: {}", this, Failure.oneLine(failed));
        }
        failing = true;
    }

    private void worked() {
        if (failing) {
            LOG.info("{} reads its queue again", this);
        }
        failing = false;
    }

    /**
     * Receives no more, waits for handlers that run up to the time of the plan, and gives back what was not tried. Then it interrupts the
     * handlers that still run; their messages come to another consumer when their leases have ended.
     */
    @Override
    public void close() {
        loop.close();
        giveBack(lanes.end());
        if (!threads.end(plan.goodbye())) {
            LOG.info("handlers of {} go on beyond its end; their messages come again when their leases end", this);
        }
        giveBack(lanes.end());
    }

    private void giveBack(List<Received> untouched) {
        if (untouched.isEmpty()) {
            return;
        }
        try {
            queue.giveBack(plan.reader(), untouched);
        } catch (MooringException away) {
            LOG.info(
                    "{} messages of {} come again when their leases end: {}",
                    untouched.size(),
                    this,
                    away.getMessage());
        }
    }

    @Override
    public String toString() {
        return "group " + plan.reader().group() + " of queue " + queue.name();
    }
}
