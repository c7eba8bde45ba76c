package dev.mooring.spring.request;

import org.springframework.core.env.Environment;

/**
 * The threads that serve requests.
 *
 * @param all how many there are ({@code server.tomcat.threads.max}, 200 by default), at least 2
 */
public record RequestThreads(int all) {
    private static final int MOST_KEPT_FREE = 32;
    private static final int TOMCATS_DEFAULT = 200;

    /** Those of this application. */
    public static RequestThreads of(Environment environment) {
        return new RequestThreads(environment.getProperty("server.tomcat.threads.max", Integer.class, TOMCATS_DEFAULT));
    }

    /** Those that can always answer health: 32, at most half of all. */
    public int keptFree() {
        return Math.min(MOST_KEPT_FREE, all / 2);
    }

    /** Of those, how many another short purpose may use at a time: a quarter. */
    public int spare() {
        return keptFree() / 4;
    }
}
