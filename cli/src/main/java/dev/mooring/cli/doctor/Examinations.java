package dev.mooring.cli.doctor;

/** Examines dependencies: from here, or in a running service. */
@FunctionalInterface
interface Examinations {
    /** Examines each of them once. */
    Result examine() throws InterruptedException;
}
