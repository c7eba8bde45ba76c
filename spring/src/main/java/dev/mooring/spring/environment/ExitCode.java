package dev.mooring.spring.environment;

/** The exit codes of a service and of the commands. */
public final class ExitCode {
    /** The command did what it was asked for; a service stopped in order. */
    public static final int DONE = 0;
    /** The command or the service failed, for another reason than a mistake of its user. */
    public static final int FAILED = 1;
    /** Wrong usage, or mistakes in the configuration. */
    public static final int MISCONFIGURED = 2;

    private ExitCode() {}
}
