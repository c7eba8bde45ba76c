package dev.mooring.spring.history;

import dev.mooring.settings.ValueType;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The parameters of a request for the history.
 *
 * @param dependency the name of the dependency
 * @param since the earliest moment to show
 */
record Question(String dependency, Instant since) {
    private static final String DEPENDENCY = "dependency";
    private static final String SINCE = "since";

    /**
     * Reads the parameters. {@code since} is a duration back from {@code now}; without it the answer covers the whole {@code
     * memory}.
     *
     * @throws ProblemException 422, with one entry for each wrong parameter
     */
    static Question of(HttpServletRequest request, Duration memory, Instant now) {
        Optional<String> dependency = Optional.ofNullable(request.getParameter(DEPENDENCY));
        Optional<String> since = Optional.ofNullable(request.getParameter(SINCE));
        Optional<Duration> back = since.isEmpty()
                ? Optional.of(memory)
                : since.flatMap(ValueType.DURATION.reader()).filter(duration -> !duration.isZero());
        Mistakes mistakes = new Mistakes();
        if (dependency.isEmpty()) {
            mistakes.add(DEPENDENCY, "is required: the name of a dependency");
        }
        if (back.isEmpty()) {
            mistakes.add(SINCE, "must be a duration back from now, such as 24h, 90m or 3600 (seconds)");
        }
        mistakes.refuseIfAny();
        return new Question(dependency.orElseThrow(), now.minus(shorter(back.orElseThrow(), memory)));
    }

    /**
     * Cuts {@code since} to the memory: nothing older is known, and a very long duration would leave the range of {@code
     * Instant}.
     */
    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
