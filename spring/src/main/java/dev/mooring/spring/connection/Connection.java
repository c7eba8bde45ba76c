package dev.mooring.spring.connection;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client. The request thread that works on it sets marks, which cost a field write each. The sweeper reads the
 * marks ten times a second and notes by its own clock since when they are the same.
 */
public final class Connection {
    private final ClientSocket socket;
    private final ClientAddress client;
    private final long usualAnswerNanos;

    /** Written by the request thread, read by the sweeper. Publishes {@code requests} and {@code answerNanos}. */
    private volatile Phase phase = Phase.HEAD;
    /** Whether the sweeper has ended the connection. Written by the sweeper, read by request threads. */
    private volatile boolean ended;

    /** How many requests have begun. Written by the request thread before it writes {@code phase}. */
    private int requests;
    /** How long the present answer may wait for its client. Written by the request thread before it writes {@code phase}. */
    private long answerNanos;
    /** Learns whether the last answer arrived. Used by one request thread after the other. */
    private @Nullable Consumer<Boolean> told;

    // Only the sweeper uses the fields below.
    private Phase seen = Phase.HEAD;
    private int seenRequests;
    private long since;
    private long fullSince;
    private boolean wasFull;
    private boolean waits;
    private boolean upgraded;

    /** What a connection does. */
    enum Phase {
        /** The client has yet to send the head of a request, or the rest of it. */
        HEAD,
        /** A request thread serves a request. */
        SERVED,
        /** The application serves a request by itself, and no request thread waits for the client. */
        ASYNC,
        /** The client may send another request. */
        IDLE
    }

    /** A connection that was accepted at {@code now}; its answers may wait for the client for {@code usualAnswerNanos}, all writes together. */
    Connection(ClientSocket socket, ClientAddress client, long usualAnswerNanos, long now) {
        this.socket = socket;
        this.client = client;
        this.usualAnswerNanos = usualAnswerNanos;
        this.since = now;
    }

    /** A request has arrived. So the client has read the answers before it. */
    public void begun() {
        requests++;
        answerWithin(usualAnswerNanos);
        tell(true);
    }

    /** The present answer may wait for the client for this long in all. */
    public void answerWithin(long nanos) {
        answerNanos = nanos;
        phase = Phase.SERVED;
    }

    /** The application goes on with the request, on threads of its own. */
    public void servedByApplication() {
        phase = Phase.ASYNC;
    }

    /** A part of the head of the next request has arrived. */
    public void headBegun() {
        phase = Phase.HEAD;
    }

    /** All requests that have arrived are answered. A client that has sent none yet still owes the first one. */
    public void rests() {
        phase = requests == 0 ? Phase.HEAD : Phase.IDLE;
    }

    /** Calls {@code consumer} once when it is known whether the answer arrived. */
    public void whenKnown(Consumer<Boolean> consumer) {
        told = consumer;
    }

    /** The client closed the connection in order, or it broke. Where the sweeper ended it, nothing is known. */
    public void closed(boolean inOrder) {
        if (!ended) {
            tell(inOrder);
        }
    }

    /** The client took too little of an answer in time. Otherwise the system would keep the rest of it for minutes. */
    public void discard() {
        socket.reset();
    }

    private void tell(boolean arrived) {
        Consumer<Boolean> once = told;
        if (once != null) {
            told = null;
            once.accept(arrived);
        }
    }

    ClientAddress client() {
        return client;
    }

    ClientSocket socket() {
        return socket;
    }

    boolean isEnded() {
        return ended;
    }

    /** Reads the marks. */
    void look(long now) {
        Phase present = phase;
        if (present != seen || requests != seenRequests) {
            seen = present;
            seenRequests = requests;
            since = now;
            wasFull = false;
        }
        upgraded = upgraded || socket.isUpgraded();
        boolean full = seen == Phase.SERVED && socket.isFull();
        if (full && !wasFull) {
            wasFull = true;
            fullSince = now;
        }
        waits = full || (seen == Phase.SERVED && socket.isEmpty());
    }

    /** Whether it waits for a request, or for the rest of the head of one. */
    boolean isResting() {
        return !upgraded && (seen == Phase.HEAD || seen == Phase.IDLE);
    }

    /** Whether a request thread serves it. */
    boolean isServed() {
        return seen == Phase.SERVED;
    }

    /** Whether a request thread waits for its client, and the answer is not a stream with limits of its own. */
    boolean waitsForClient() {
        return waits && answerNanos != Long.MAX_VALUE;
    }

    /** Since when it waits, or rests. */
    long since() {
        return wasFull ? fullSince : since;
    }

    /** Why it has to end, whether or not places are scarce; empty if it may stay. */
    Optional<Ending> over(long now, long headNanos, long idleNanos) {
        if (waits && wasFull && now - fullSince > answerNanos) {
            return Optional.of(Ending.SLOW_READER);
        }
        if (!isResting() || ended) {
            return Optional.empty();
        }
        boolean isHead = seen == Phase.HEAD;
        return now - since > (isHead ? headNanos : idleNanos)
                ? Optional.of(isHead ? Ending.SLOW_HEAD : Ending.IDLE)
                : Optional.empty();
    }

    /** Ends it. A connection without a request ends with its input, so that a request that arrives in this moment is answered. */
    void end() {
        ended = true;
        if (isResting()) {
            socket.endInput();
        } else {
            socket.reset();
        }
    }
}
