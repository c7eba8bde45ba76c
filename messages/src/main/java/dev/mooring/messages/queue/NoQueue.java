package dev.mooring.messages.queue;

import dev.mooring.failure.Failure;
import dev.mooring.messages.Figures;
import dev.mooring.messages.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The queue of those who want none: it accepts every message and forgets it. Thread-safe. */
public final class NoQueue implements MessageQueue {
    private final String name;

    public NoQueue(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Result> publish(List<Envelope> messages) {
        return messages.stream().map(message -> Result.delivered()).toList();
    }

    /** Waits the whole time, so that a consumer does not spin. */
    @Override
    public List<Received> receive(Reader reader, int most, Duration wait) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        return List.of();
    }

    @Override
    public void acknowledge(Reader reader, List<Received> processed) {}

    @Override
    public List<Received> extend(Reader reader, List<Received> held) {
        return List.of();
    }

    @Override
    public void giveBack(Reader reader, List<Received> untouched) {}

    @Override
    public void deadLetter(Reader reader, Received poison, Failure cause) {}

    @Override
    public List<DeadMessage> deadLetters(String after, int most) {
        return List.of();
    }

    @Override
    public boolean replay(String place) {
        return false;
    }

    @Override
    public boolean discard(String place) {
        return false;
    }

    @Override
    public Figures depth() {
        return new Figures(name, 0, Duration.ZERO, 0);
    }

    @Override
    public void tidy() {}
}
