package dev.mooring.messages;

import dev.mooring.breaker.MooringException;
import dev.mooring.event.MooringEvent.DeliveryEnded;
import dev.mooring.failure.Failure;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.thread.BackgroundLoop;
import dev.mooring.time.Time;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the messages of one destination until it is closed: each at least once, those of one key in order and never two at the same
 * time, over any number of relays in any number of processes. It holds no transaction while it delivers. A message that it holds is kept
 * from other relays by a lease in the database, so what a process held that died is delivered again when the lease has ended. Thread-safe.
 */
public final class Relay implements Backlog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** How often it asks a destination that is not ready whether it is; a read of memory. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Duration FIGURES = Duration.ofSeconds(5);
    private static final Duration CLEANING = Duration.ofMinutes(1);
    /** How many messages one step of cleaning deletes: no fewer than a step of the loop claims, so cleaning keeps up with deliveries. */
    private static final int CLEANED_AT_ONCE = 1_000;
    /** How long it rests between two steps of cleaning when nothing is to be delivered. */
    private static final Duration REST_WHILE_CLEANING = Duration.ofMillis(50);

    /** How long {@link #close} waits for deliveries that run. */
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final RelayPlan plan;
    private final Delivery delivery;
    private final Time time;
    private final Claiming claiming;
    private final OutboxTable outbox;
    private final Carrier carrier;
    private final Places places;
    private final Ahead ahead;
    private final Ends ends;
    private final Waiters waiters = new Waiters();
    private final BackgroundLoop loop;
    private final Periodic figuring;
    private final Periodic cleaning;

    /** Set once, by {@link #close}. */
    private volatile boolean closed;

    /** The figures as last read; the loop writes them, callers read them. */
    private volatile Optional<Figures> figures = Optional.empty();

    /** Whether the destination was not ready, or could not be asked for, at the last step; only the loop uses it. */
    private boolean wasAway = true;

    /** Only the loop uses it. */
    private final Reach reach;

    /** Whether the last statement failed; only the loop uses it. */
    private boolean failing;

    private Relay(
            RelayPlan plan, Delivery delivery, DataSource database, Time time, Consumer<? super DeliveryEnded> events) {
        this.plan = plan;
        this.delivery = delivery;
        this.time = time;
        this.reach = new Reach(plan.batch());
        this.claiming = new Claiming(database, plan, time);
        this.outbox = new OutboxTable(database, plan);
        Recorder recorder = new Recorder(database);
        this.carrier = new Carrier(plan, delivery, recorder, time, events, () -> closed);
        int waiting = plan.batch() == 1 ? Ahead.MOST : 0;
        this.places = new Places(plan.places(), waiting, "mooring-delivery-" + plan.destination());
        this.ahead = new Ahead(plan.places());
        this.ends = new Ends(recorder, carrier, waiters, places, this::releasePlaces);
        this.figuring = new Periodic(FIGURES, time);
        this.cleaning = new Periodic(CLEANING, time);
        this.loop = BackgroundLoop.of("mooring-relay-" + plan.destination(), this::step);
    }

    /** Starts a relay that delivers messages with {@code delivery}; {@code database} gives a connection for each transaction. */
    public static Relay start(
            RelayPlan plan, Delivery delivery, DataSource database, Time time, Consumer<? super DeliveryEnded> events) {
        Relay relay = new Relay(plan, delivery, database, time, events);
        relay.loop.start();
        return relay;
    }

    /** Lets the relay hear of new messages of other processes at once; without this it finds them when it polls. */
    public Relay hearing(ControlConnection control) {
        control.listen(Entry.CHANNEL, this::wake);
        return this;
    }

    /** Prepares to add a message and to deliver it at once, if a place is free and the destination is ready. */
    public FirstAttempt firstAttempt() {
        return new FirstAttempt(this, !closed && delivery.isReady() && places.takeOne());
    }

    /** Looks for messages now instead of at the next poll. Never waits. */
    public void wake() {
        loop.wake();
    }

    /** The figures of the destination's queue, at most about 5 s old while the database is there; empty before the first. */
    @Override
    public Optional<Figures> figures() {
        return figures;
    }

    /** The name of the destination. */
    @Override
    public String destination() {
        return plan.destination();
    }

    private Duration step() {
        try {
            Duration rest = deliverWhatIsDue();
            if (figuring.isDue()) {
                figures = Optional.of(outbox.figures());
            }
            boolean cleansOn = cleaning.isDue() && clean();
            worked();
            return cleansOn && rest.compareTo(REST_WHILE_CLEANING) > 0 ? REST_WHILE_CLEANING : rest;
        } catch (SQLException | MooringException failed) {
            failed(failed);
            return plan.poll();
        }
    }

    private Duration deliverWhatIsDue() throws SQLException {
        if (!delivery.isReady()) {
            wasAway = true;
            return LOOK.compareTo(plan.poll()) < 0 ? LOOK : plan.poll();
        }
        if (wasAway) {
            int due = outbox.endWaits();
            LOG.debug("{} is ready; {} messages no longer wait", plan.destination(), due);
            wasAway = false;
        }
        int free = places.take(plan.places() + (plan.batch() == 1 ? ahead.most() : 0));
        if (free == 0) {
            // A place that comes free wakes the loop.
            return plan.poll();
        }
        List<List<Claimed>> batches = claim(free);
        for (List<Claimed> batch : batches) {
            inPlace(batch, () -> mayGo(batch) ? carrier.deliver(batch) : Optional.of(carrier.back(batch.get(0))));
        }
        // More may be there where all places got something, and behind a batch.
        return batches.size() == free || (plan.batch() > 1 && !batches.isEmpty()) ? Duration.ZERO : plan.poll();
    }

    /** Claims one message for each place that was taken, or one batch for one of them, and gives the other places back. */
    private List<List<Claimed>> claim(int free) throws SQLException {
        int used = 0;
        try {
            List<List<Claimed>> batches = closed ? List.of() : batches(free);
            used = batches.size();
            return batches;
        } finally {
            places.release(free - used);
        }
    }

    private List<List<Claimed>> batches(int free) throws SQLException {
        if (plan.batch() == 1) {
            return claiming.leading(free).stream().map(List::of).toList();
        }
        List<Claimed> batch = claiming.batch(reach.keys(), plan.batch());
        reach.learn(batch);
        return batch.isEmpty() ? List.of() : List.of(batch);
    }

    /** Deletes some ended messages; whether more are left. */
    private boolean clean() throws SQLException {
        int deleted = outbox.deleteEnded(plan.kept(), CLEANED_AT_ONCE);
        LOG.debug("{} ended messages to {} deleted", deleted, plan.destination());
        if (deleted == CLEANED_AT_ONCE) {
            cleaning.again();
            return true;
        }
        return false;
    }

    /**
     * Whether the messages of a claim still may be delivered when they get a thread. A single one may have waited for it meanwhile.
     */
    private boolean mayGo(List<Claimed> batch) {
        if (plan.batch() > 1) {
            return true;
        }
        long left = batch.get(0).endsAt() - time.nanos();
        return !closed && left > plan.lease().toNanos() / 2 && delivery.isReady();
    }

    /** Delivers the message of a first attempt in the place that was taken for it. */
    void carry(Claimed first) {
        List<Claimed> alone = List.of(first);
        inPlace(alone, () -> carrier.deliver(alone));
    }

    private void inPlace(List<Claimed> batch, Supplier<Optional<Carried>> work) {
        try {
            places.run(() -> {
                long begun = time.nanos();
                Optional<Carried> carried = Optional.empty();
                try {
                    carried = work.get();
                    ahead.learn(time.nanos() - begun);
                } finally {
                    carried.ifPresentOrElse(ends::record, () -> releasePlaces(1));
                }
            });
        } catch (RejectedExecutionException ended) {
            LOG.debug(
                    "this relay ended before it delivered {} messages from {} on",
                    batch.size(),
                    batch.get(0).message().id());
        }
    }

    private void failed(Exception failed) {
        if (!failing) {
            LOG.info(
                    "messages to {} wait, because the outbox cannot be read: {}",
                    plan.destination(),
                    Failure.oneLine(failed));
        }
        failing = true;
    }

    private void worked() {
        if (failing) {
            LOG.info("the outbox can be read again; messages to {} go on", plan.destination());
        }
        failing = false;
    }

    Waiters waiters() {
        return waiters;
    }

    Time time() {
        return time;
    }

    Duration lease() {
        return plan.lease();
    }

    long leaseFromNow() {
        return time.nanos() + plan.lease().toNanos();
    }

    void releasePlaces(int number) {
        places.release(number);
        wake();
    }

    /**
     * Claims no more messages, and waits up to 2 s for deliveries that run. What still runs then is interrupted and left behind; other
     * relays deliver it again when its lease has ended.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.close();
        if (!places.end(GOODBYE)) {
            LOG.info(
                    "deliveries to {} go on beyond the end; their messages are looked at again when their leases end",
                    plan.destination());
        }
    }
}
