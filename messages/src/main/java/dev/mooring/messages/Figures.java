package dev.mooring.messages;

import java.time.Duration;

/**
 * The queue of one destination at one moment, over all instances of the service.
 *
 * @param destination the destination
 * @param pending how many messages wait or are on their way
 * @param oldest how long the oldest of those that may be delivered has waited; zero when there is none
 * @param deadLetters how many messages ended undelivered after their last attempt
 */
public record Figures(String destination, long pending, Duration oldest, long deadLetters) {}
