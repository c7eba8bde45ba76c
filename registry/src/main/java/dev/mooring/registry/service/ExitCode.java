package dev.mooring.registry.service;

/** How {@code serve} ends. */
final class ExitCode {
    /** It was stopped, and stopped in order. */
    static final int DONE = 0;
    /** Something failed that is no mistake in the configuration. */
    static final int FAILED = 1;
    /** The configuration has mistakes. */
    static final int MISCONFIGURED = 2;

    private ExitCode() {}
}
