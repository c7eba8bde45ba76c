package dev.mooring.messages.queue;

import dev.mooring.failure.Failure;
import dev.mooring.messages.Figures;
import dev.mooring.messages.Result;
import java.time.Duration;
import java.util.List;

/** A queue that a test changes in one point. */
public abstract class DelegatingQueue implements MessageQueue {
    private final MessageQueue queue;

    protected DelegatingQueue(MessageQueue queue) {
        this.queue = queue;
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
        return queue.receive(reader, most, wait);
    }

    @Override
    public void acknowledge(Reader reader, List<Received> processed) {
        queue.acknowledge(reader, processed);
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
