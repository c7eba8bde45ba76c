package dev.mooring.registry.events;

import dev.mooring.messages.queue.MessageQueue;
import dev.mooring.messages.queue.QueueWatch;

/**
 * Keeps the stream short until it is closed. Operators see what waits in the outbox; what consumers have not read yet is their own business,
 * so this is no backlog of the service.
 *
 * @param watch what does the work
 */
record StreamUpkeep(QueueWatch watch) implements AutoCloseable {
    static StreamUpkeep start(MessageQueue queue) {
        return new StreamUpkeep(QueueWatch.start(queue, queue.name()));
    }

    @Override
    public void close() {
        watch.close();
    }
}
