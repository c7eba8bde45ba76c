package dev.mooring.spring.environment;

/** The form of log lines. */
public enum LogFormat {
    /** One JSON object for each line, for machines. */
    JSON,
    /** For people at a terminal. */
    CONSOLE
}
