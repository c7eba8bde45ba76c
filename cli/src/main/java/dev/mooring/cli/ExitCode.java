package dev.mooring.cli;

/** How a command ends; the same in every output format. */
final class ExitCode {
    static final int DONE = 0;
    /** It was asked rightly and did not succeed. */
    static final int FAILED = 1;
    /** Wrong usage or bad configuration. */
    static final int USAGE = 2;

    private ExitCode() {}
}
