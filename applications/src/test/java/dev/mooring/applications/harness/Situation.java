package dev.mooring.applications.harness;

/** The situations that the tables show. */
enum Situation {
    AT_0_MS("The database is there, 0 ms away"),
    AT_6_MS("The database is there, 6 ms away"),
    AT_20_MS("The database is there, 20 ms away"),
    AT_50_MS("The database is there, 50 ms away"),
    LATE("The database comes after the start"),
    LATE_WITH_WAIT("The database comes after the start, `mooring.startup-wait=exit`"),
    KILLED("The database is killed and comes back"),
    FROZEN("The database freezes and comes back"),
    SIGTERM("The process ends: SIGTERM during a request of two seconds, or the work is done");

    private final String title;

    Situation(String title) {
        this.title = title;
    }

    static Situation at(int milliseconds) {
        return valueOf("AT_" + milliseconds + "_MS");
    }

    @Override
    public String toString() {
        return title;
    }
}
