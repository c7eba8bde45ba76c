package dev.mooring.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that the calling thread sends, part by part, as fast as the connection takes them. So a body that throws or blocks
 * holds its caller's thread and no thread of the client. The JDK's own publisher of a stream takes an exception for the end of the body.
 */
final class BodyPump implements BodyPublisher {
    private final long length;

    /** Guards every field below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private @Nullable Subscriber<? super ByteBuffer> connection;
    private long wanted;
    private boolean ended;

    /** A body of that many bytes; -1 where the length is not known. */
    BodyPump(long length) {
        this.length = length;
    }

    @Override
    public long contentLength() {
        return length;
    }

    /** The client subscribes once it has a connection. A second time would send the rest of the body as if it were all. */
    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        boolean first = take(subscriber);
        subscriber.onSubscribe(new Demand(first));
        if (!first) {
            subscriber.onError(new IllegalStateException("a streamed body can be sent only once"));
        }
    }

    private boolean take(Subscriber<? super ByteBuffer> subscriber) {
        lock.lock();
        try {
            boolean first = connection == null && !ended;
            connection = first ? subscriber : connection;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the connection takes another part.
     *
     * @return false when it takes no more: the call has ended
     * @throws TimeoutException {@code limit} passed first
     */
    boolean awaitDemand(Duration limit) throws InterruptedException, TimeoutException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (wanted == 0 && !ended) {
                if (left <= 0) {
                    throw new TimeoutException();
                }
                left = changed.awaitNanos(left);
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /** Hands over a part, which the connection keeps. */
    void send(ByteBuffer part) {
        Subscriber<? super ByteBuffer> taker = taker(1);
        if (taker != null) {
            taker.onNext(part);
        }
    }

    /** Ends the body. */
    void complete() {
        Subscriber<? super ByteBuffer> taker = taker(0);
        if (taker != null) {
            taker.onComplete();
        }
    }

    /** The call has ended: no part is wanted any more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Subscriber<? super ByteBuffer> taker(int parts) {
        lock.lock();
        try {
            wanted -= parts;
            return ended ? null : connection;
        } finally {
            lock.unlock();
        }
    }

    /** What the connection tells this body. */
    private final class Demand implements Subscription {
        private final boolean counts;

        Demand(boolean counts) {
            this.counts = counts;
        }

        @Override
        public void request(long parts) {
            if (!counts) {
                return;
            }
            lock.lock();
            try {
                wanted = wanted + parts < 0 ? Long.MAX_VALUE : wanted + parts;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            if (counts) {
                end();
            }
        }
    }
}
