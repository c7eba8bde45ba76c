package dev.mooring.messages.queue;

import dev.mooring.failure.Failure;
import dev.mooring.messages.Figures;
import dev.mooring.messages.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue in which each message stands twice, as after a publisher that repeated it. */
final class InMemoryCopies implements MessageQueue {
    private final MessageQueue queue;
    private final AtomicInteger acknowledged = new AtomicInteger();

    InMemoryCopies(MessageQueue queue) {
        this.queue = queue;
    }

    int acknowledged() {
        return acknowledged.get();
    }

    @Override
    public String name() {
        return queue.name();
    }

    @Override
    public List<Result> publish(List<Envelope> messages) {
        return queue.publish(messages);
    }

    @Override
    public List<Received> receive(Reader reader, int most, Duration wait) throws InterruptedException {
        List<Received> twice = new ArrayList<>();
        for (Received one : queue.receive(reader, most, wait)) {
            twice.add(one);
            twice.add(one);
        }
        return twice;
    }

    @Override
    public void acknowledge(Reader reader, List<Received> processed) {
        queue.acknowledge(reader, processed);
        acknowledged.addAndGet(processed.size());
    }

    @Override
    public List<Received> extend(Reader reader, List<Received> held) {
        return queue.extend(reader, held);
    }

    @Override
    public void giveBack(Reader reader, List<Received> untouched) {
        queue.giveBack(reader, untouched);
    }

    @Override
    public void deadLetter(Reader reader, Received poison, Failure cause) {
        queue.deadLetter(reader, poison, cause);
    }

    @Override
    public List<DeadMessage> deadLetters(String after, int most) {
        return queue.deadLetters(after, most);
    }

    @Override
    public boolean replay(String place) {
        return queue.replay(place);
    }

    @Override
    public boolean discard(String place) {
        return queue.discard(place);
    }

    @Override
    public Figures depth() {
        return queue.depth();
    }

    @Override
    public void tidy() {
        queue.tidy();
    }
}
