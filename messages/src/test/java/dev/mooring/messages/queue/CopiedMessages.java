package dev.mooring.messages.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue that gives each message twice, as after a publisher that repeated it. */
final class CopiedMessages extends DelegatingQueue {
    private final AtomicInteger acknowledged = new AtomicInteger();

    CopiedMessages(MessageQueue queue) {
        super(queue);
    }

    int acknowledged() {
        return acknowledged.get();
    }

    @Override
    public List<Received> receive(Reader reader, int most, Duration wait) throws InterruptedException {
        List<Received> twice = new ArrayList<>();
        for (Received one : super.receive(reader, most, wait)) {
            twice.add(one);
            twice.add(one);
        }
        return twice;
    }

    @Override
    public void acknowledge(Reader reader, List<Received> processed) {
        super.acknowledge(reader, processed);
        acknowledged.addAndGet(processed.size());
    }
}
