package dev.mooring.operations.limits;

import dev.mooring.spring.problem.RetryAfter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The outcome of asking for one request.
 *
 * @param standings what is left of each quota
 * @param refusedFor the time until one request is possible; empty if this one is granted
 */
record Grant(List<Standing> standings, Optional<Duration> refusedFor) {
    /**
     * What is left of a quota.
     *
     * @param left how many requests are left
     * @param more the time until there is one more, at most
     */
    record Standing(Quota quota, long left, Duration more) {}

    /** The quotas, as {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10) writes them. */
    String policy() {
        return each(one -> quoted(one) + ";q=" + one.quota().requests() + ";w="
                + one.quota().window().toSeconds());
    }

    /** What is left, as {@code RateLimit} writes it; {@code t} is the time until there is more. */
    String left() {
        return each(one -> quoted(one) + ";r=" + one.left() + ";t=" + RetryAfter.seconds(one.more()));
    }

    /** The names of the quotas that are used up. */
    List<String> violated() {
        return standings.stream()
                .filter(one -> one.left() == 0)
                .map(one -> one.quota().name())
                .toList();
    }

    private static String quoted(Standing one) {
        return '"' + one.quota().name() + '"';
    }

    private String each(Function<Standing, String> form) {
        return standings.stream().map(form).collect(Collectors.joining(", "));
    }
}
