package dev.mooring.messages.queue.redis;

import java.time.Duration;

/**
 * What waits in a stream.
 *
 * @param pending messages that a group has not received, or not acknowledged, of all groups; without a group all messages
 * @param oldest the age of the oldest of them; zero when there is none
 */
record Depth(long pending, Duration oldest) {}
