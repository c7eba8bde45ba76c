package dev.mooring.messages;

import java.time.Instant;

/**
 * An attempt that did not reach the destination.
 *
 * @param at when its outcome was recorded
 * @param kind the code of the failure kind
 * @param message why, in words of up to 500 characters
 */
public record FailedAttempt(Instant at, String kind, String message) {}
