package dev.mooring.spring.request;

import java.time.Duration;
import java.util.Optional;

/**
 * The limits of a request that has others than the usual ones.
 *
 * @param time the time that it has; empty if only its parts have limits
 * @param streamed whether its body may be of any size and take any time
 */
public record RequestLimit(Optional<Duration> time, boolean streamed) {
    /** A request that may take this long, though its body must arrive in the usual time and have the usual size. */
    public static RequestLimit within(Duration time) {
        return new RequestLimit(Optional.of(time), false);
    }

    /**
     * A request without limits of time and size. What serves it limits each wait, for the client with an {@link IdleLimit}, and how many such
     * requests there are.
     */
    public static RequestLimit ofStreams() {
        return new RequestLimit(Optional.empty(), true);
    }
}
