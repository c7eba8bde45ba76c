package dev.mooring.history;

import java.time.Duration;
import java.time.Instant;

/**
 * Response times of one period.
 *
 * @param from when it begins; it lasts {@link HealthHistory#STRETCH}
 * @param answers how many answers there were
 * @param mean their mean
 * @param longest the longest of them
 */
public record ResponseTimes(Instant from, long answers, Duration mean, Duration longest) {
    static ResponseTimes first(Instant from, Duration answer) {
        return new ResponseTimes(from, 1, answer, answer);
    }

    ResponseTimes and(Duration answer) {
        Duration sum = mean.multipliedBy(answers).plus(answer);
        return new ResponseTimes(
                from, answers + 1, sum.dividedBy(answers + 1), longest.compareTo(answer) < 0 ? answer : longest);
    }
}
