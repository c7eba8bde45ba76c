package dev.mooring.probe;

/**
 * Cares for the pooled connections of one dependency around an outage. The supervisor calls both methods on threads of this dependency,
 * so they may block for a few seconds, and an exception affects no other dependency.
 */
public interface Recovery {
    /**
     * The supervisor calls this after the breaker opened. Discard the connections that were made before. The call comes on a thread
     * reserved for this, so hanging probes do not delay it. It may come late. If further outages begin while it runs, one more call covers
     * them all.
     */
    void opened();

    /**
     * The supervisor calls this when a probe answers after an outage. Check a pooled connection, the kind that calls use, and return if
     * it works.
     *
     * @throws Exception the connection does not work; the dependency stays down
     */
    void verify() throws Exception;

    /** A recovery for a dependency without pooled connections: it does nothing, and its verification always succeeds. */
    static Recovery none() {
        return new Recovery() {
            @Override
            public void opened() {}

            @Override
            public void verify() {}
        };
    }
}
