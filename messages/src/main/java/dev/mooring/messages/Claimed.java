package dev.mooring.messages;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that this relay holds, alone or together with others of its claim.
 *
 * @param message the message, without its delay
 * @param acceptedAt when the outbox accepted it
 * @param claim the id of the claim, by which the outbox tells it from later claims
 * @param number how often the message was claimed, this time included
 * @param refusals how many attempts counted so far
 * @param endsAt until when the lease holds, in nanoseconds of this process's clock; a little earlier than on the clock of the database
 */
record Claimed(Message message, Instant acceptedAt, UUID claim, int number, int refusals, long endsAt) {}
