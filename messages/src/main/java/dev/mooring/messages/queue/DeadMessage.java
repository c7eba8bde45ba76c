package dev.mooring.messages.queue;

import dev.mooring.failure.Failure;

/**
 * A message that the consumers of a group could not process.
 *
 * @param place where the queue keeps it, by which {@link MessageQueue#replay} and {@link MessageQueue#discard} find it
 * @param group the group whose consumers gave up
 * @param envelope the message
 * @param deliveries how often consumers of the group received it
 * @param cause why they gave up, and when
 */
public record DeadMessage(String place, String group, Envelope envelope, int deliveries, Failure cause) {}
