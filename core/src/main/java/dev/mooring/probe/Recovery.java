package dev.mooring.probe;

/** What happens to pooled connections around an outage. Called on probe threads; may block for a few seconds. */
public interface Recovery {
    /** The dependency was told down: connections made before are not to be trusted. */
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
