package dev.mooring.spring.request;

import org.springframework.core.env.Environment;

/**
 * The number of threads that serve requests.
 *
 * @param all the number of all of them ({@code server.tomcat.threads.max}, default 200), at least 2
 */
public record RequestThreads(int all) {
    private static final int MOST_KEPT_FREE = 32;
    private static final int TOMCATS_DEFAULT = 200;

    /** The number that the application is configured with. */
    public static RequestThreads of(Environment environment) {
        return new RequestThreads(environment.getProperty("server.tomcat.threads.max", Integer.class, TOMCATS_DEFAULT));
    }

    /** How many threads the starter keeps free to answer health: 32, at most half of all. */
    public int keptFree() {
        return Math.min(MOST_KEPT_FREE, all / 2);
    }

    /** How many of the free threads other short work may use at a time: a quarter of them. */
    public int spare() {
        return keptFree() / 4;
    }
}
