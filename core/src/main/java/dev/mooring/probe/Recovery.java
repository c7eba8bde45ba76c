package dev.mooring.probe;

/**
 * What happens to pooled connections around an outage. The supervisor calls it on threads of the dependency's own: it may block for a few
 * seconds, and what it throws harms this dependency alone.
 */
public interface Recovery {
    /**
     * The dependency is down: connections made before are not to be trusted. Runs on a thread that is kept for it, so it comes even
     * when every probe hangs; perhaps late, and once for several outages that follow each other while it runs.
     */
    void opened();

    /**
     * The probe answers again: proves that calls would work, on a connection such as they use.
     *
     * @throws Exception they would not
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
