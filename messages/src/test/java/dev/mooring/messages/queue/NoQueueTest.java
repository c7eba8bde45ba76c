package dev.mooring.messages.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NoQueueTest extends MessageQueueContract {
    @Override
    protected MessageQueue queue(String name) {
        return new NoQueue(name);
    }

    @Test
    void message_isAccepted_andGone() throws Exception {
        queue.publish(messages(2));

        assertThat(queue.receive(reader("group", "one"), 10, Duration.ZERO)).isEmpty();
        assertThat(queue.depth().pending()).isZero();
    }
}
