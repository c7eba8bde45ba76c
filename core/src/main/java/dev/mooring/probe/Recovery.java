package dev.mooring.probe;

/**
 * What happens to pooled connections around an outage. The supervisor calls it on threads of this dependency: it may block for a
 * few seconds, and what it throws harms this dependency alone.
 */
public interface Recovery {
    /**
     * The breaker has opened: connections made before are not to be trusted. Runs on a thread reserved for it, so also when every
     * probe hangs. It may come late, and once for several outages that follow each other while it runs.
     */
    void opened();

    /**
     * The probe answers again: proves on a connection such as calls use that calls would work.
     *
     * @throws Exception calls would not work
     */
    void verify() throws Exception;

    /** Nothing to do and nothing to prove. */
    static Recovery none() {
        return new Recovery() {
            @Override
            public void opened() {}

            @Override
            public void verify() {}
        };
    }
}
