package dev.mooring.spring.request;

import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/** The order of the starter's filters, the outermost first. By default the application's own filters come after them. */
public enum FilterOrder {
    /** Gives the request its id. */
    CORRELATION(0),
    /** Refuses queries that cannot be read. */
    QUERY(1),
    /** Closes connections while the service stops, so that clients connect to another instance. */
    DRAIN(2),
    /** Refuses requests that belong to the other port, where the service has a management port. */
    MANAGEMENT(3),
    /** Answers health from memory. */
    HEALTH(4),
    /** Logs requests; those of health are many and say nothing new. */
    LOG(5),
    /** Measures how long requests take. */
    OBSERVATION(6),
    /** Answers browsers that ask whether a web page may call. */
    CORS(7),
    /** Limits the concurrent requests, which keeps threads free for health. */
    CONCURRENCY(8),
    /** Opens the deadline. */
    DEADLINE(9),
    /** Gives the request its share of the heap. */
    MEMORY(10),
    /** Limits the size of the body. */
    SIZE(11);

    private final int fromOutside;

    FilterOrder(int fromOutside) {
        this.fromOutside = fromOutside;
    }

    /** The position in terms of Spring. */
    public int position() {
        return Ordered.HIGHEST_PRECEDENCE + fromOutside;
    }

    /** Registers a filter at this place. */
    <F extends Filter> FilterRegistrationBean<F> register(F filter) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(position());
        return registration;
    }
}
