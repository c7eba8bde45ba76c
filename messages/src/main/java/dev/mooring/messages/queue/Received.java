package dev.mooring.messages.queue;

/**
 * A message that a consumer holds.
 *
 * @param envelope the message
 * @param place where the queue keeps it
 * @param deliveries how often a consumer of the group received it, this time included; from 2 on an earlier one died, or gave it back after an
 *     attempt
 */
public record Received(Envelope envelope, String place, int deliveries) {}
