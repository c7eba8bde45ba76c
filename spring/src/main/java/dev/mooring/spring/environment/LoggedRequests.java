package dev.mooring.spring.environment;

/** Which requests have a line in the log. */
public enum LoggedRequests {
    /** Those that failed by a fault of the service or of a dependency (a status from 500 on), and slow ones. */
    PROBLEMS,
    /** All. */
    ALL,
    /** None. */
    NONE
}
