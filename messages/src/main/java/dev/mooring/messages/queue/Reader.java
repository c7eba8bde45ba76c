package dev.mooring.messages.queue;

import java.time.Duration;

/**
 * Who reads a queue. Each group gets every message; within a group one consumer at a time holds it. A group exists from the first receive
 * on, and begins with the oldest message that the queue still keeps.
 *
 * @param group the group, the same for all instances of a service; 1 to 60 characters
 * @param consumer the consumer, another one in each process; 1 to 100 characters
 * @param lease how long a received message is kept from the other consumers of the group, unless {@link MessageQueue#extend} extends it. What a
 *     consumer held that died comes to another one when this has passed
 */
public record Reader(String group, String consumer, Duration lease) {
    private static final int LONGEST_GROUP = 60;
    private static final int LONGEST_CONSUMER = 100;

    public Reader {
        check("group", group, LONGEST_GROUP);
        check("consumer", consumer, LONGEST_CONSUMER);
        if (lease.toMillis() < 1) {
            throw new IllegalArgumentException("lease must be at least 1 ms but is " + lease);
        }
    }

    private static void check(String what, String value, int longest) {
        if (value.isEmpty() || value.length() > longest) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + longest + " characters but has " + value.length());
        }
    }
}
