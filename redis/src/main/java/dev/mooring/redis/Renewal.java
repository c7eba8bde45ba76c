package dev.mooring.redis;

import dev.mooring.probe.Recovery;

/**
 * Discards the connections at the begin of an outage, and tries the one that calls share before the supervisor lets them in: a new one, to
 * the server that answers now.
 */
record Renewal(SharedLink shared, Sessions sessions) implements Recovery {
    @Override
    public void opened() {
        shared.renew();
        sessions.close();
    }

    @Override
    public void verify() {
        shared.ask(redis -> redis.ping());
    }
}
