package dev.mooring.probe;

/** On which connection a probe asks. */
public enum ProbeKind {
    /** A session that is kept between probes: one round trip. Proves neither name resolution nor log-in. */
    SESSION,
    /** A new connection from name resolution to log-in. */
    FRESH
}
