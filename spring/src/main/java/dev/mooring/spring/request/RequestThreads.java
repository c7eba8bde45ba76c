package dev.mooring.spring.request;

import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.core.env.Environment;

/**
 * The number of platform threads that serve requests. Virtual threads are not limited, so they have no such number.
 *
 * @param all the number of all of them ({@code server.tomcat.threads.max} or {@code server.jetty.threads.max}, default 200)
 */
public record RequestThreads(int all) {
    /** The threads of the management port: enough for probes, a scraper of metrics and a few operators. */
    public static final RequestThreads OF_MANAGEMENT = new RequestThreads(12);

    private static final int MOST_KEPT_FREE = 32;
    private static final int LEAST_KEPT_FREE = 2;
    private static final int DEFAULT_OF_BOTH_SERVERS = 200;
    private static final String JETTY = "org.springframework.boot.jetty.";

    /** The number that the server of this application is configured with. */
    public static RequestThreads of(Environment environment, ListableBeanFactory beans) {
        return of(environment, isJetty(beans));
    }

    static RequestThreads of(Environment environment, boolean jetty) {
        String property = jetty ? "server.jetty.threads.max" : "server.tomcat.threads.max";
        return new RequestThreads(environment.getProperty(property, Integer.class, DEFAULT_OF_BOTH_SERVERS));
    }

    private static boolean isJetty(ListableBeanFactory beans) {
        return Stream.of(beans.getBeanNamesForType(ServletWebServerFactory.class, true, false))
                .map(beans::getType)
                .anyMatch(type -> type != null && type.getName().startsWith(JETTY));
    }

    /** How many requests may be in the application at a time. */
    public int places() {
        return all - keptFree();
    }

    /** How many threads the starter keeps free to answer health: a quarter of all, 2 to 32, at most half of all. */
    public int keptFree() {
        return Math.min(Math.max(LEAST_KEPT_FREE, Math.min(MOST_KEPT_FREE, all / 4)), all / 2);
    }

    /** How many of the free threads other short work may use at a time: a quarter of them, at least 1 where 2 are free. */
    public int spare() {
        return Math.max(keptFree() / 4, keptFree() >= LEAST_KEPT_FREE ? 1 : 0);
    }
}
