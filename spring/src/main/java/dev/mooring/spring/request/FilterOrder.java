package dev.mooring.spring.request;

import org.springframework.core.Ordered;

/** The order of our filters, the outermost first. An application's own come after them unless it says otherwise. */
public enum FilterOrder {
    /** Gives the request its id. */
    CORRELATION(0),
    /** Tells clients to come back to another instance while this one ends. */
    DRAIN(1),
    /** Answers health from memory, however busy everything else is. */
    HEALTH(2),
    /** Measures how long requests take. */
    OBSERVATION(3),
    /** Answers browsers that ask whether a web page may call. */
    CORS(4),
    /** Keeps threads free for health. */
    CONCURRENCY(5),
    /** Starts the clock. */
    DEADLINE(6),
    /** Counts the body. */
    SIZE(7);

    private final int fromOutside;

    FilterOrder(int fromOutside) {
        this.fromOutside = fromOutside;
    }

    /** The position for Spring. */
    public int position() {
        return Ordered.HIGHEST_PRECEDENCE + fromOutside;
    }
}
