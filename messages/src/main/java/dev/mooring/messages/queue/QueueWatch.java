package dev.mooring.messages.queue;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.messages.Backlog;
import dev.mooring.messages.Figures;
import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the figures of a queue every five seconds, and tidies it up every minute, until it is closed. Thread-safe. */
public final class QueueWatch implements Backlog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);

    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** The queue is tidied up once in that many periods. */
    private static final int TIDIED = 12;

    private final MessageQueue queue;
    private final String destination;
    private final BackgroundLoop loop;

    /** The figures as last read; the loop writes them, callers read them. */
    private volatile Optional<Figures> figures = Optional.empty();

    /** How many periods there were; only the loop uses it. */
    private long periods;

    private QueueWatch(MessageQueue queue, String destination) {
        this.queue = queue;
        this.destination = destination;
        this.loop = BackgroundLoop.of("mooring-queue-" + queue.name(), this::step);
    }

    /** Starts to watch a queue; {@code destination} is its name for operators. */
    public static QueueWatch start(MessageQueue queue, String destination) {
        QueueWatch watch = new QueueWatch(queue, destination);
        watch.loop.start();
        return watch;
    }

    private Duration step() {
        try {
            Figures now = queue.depth();
            figures = Optional.of(new Figures(destination, now.pending(), now.oldest(), now.deadLetters()));
            if (periods++ % TIDIED == 0) {
                queue.tidy();
            }
        } catch (MooringException away) {
            LOG.debug("the figures of queue {} stay as they are: {}", queue.name(), Failure.oneLine(away));
        }
        return PERIOD;
    }

    @Override
    public String destination() {
        return destination;
    }

    /** At most about 5 s old while the server is there. */
    @Override
    public Optional<Figures> figures() {
        return figures;
    }

    @Override
    public void close() {
        loop.close();
    }
}
