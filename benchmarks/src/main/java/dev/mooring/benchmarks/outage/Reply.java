package dev.mooring.benchmarks.outage;

import java.util.Locale;

/**
 * What a client saw of one request.
 *
 * @param what {@code call} for a call that needs the database, {@code health} for a question for health
 * @param atMillis when the request was due, from the first one on
 * @param tookMillis from that moment to the whole answer
 * @param status the status of the answer; 0 where none came
 */
record Reply(String server, String what, double atMillis, double tookMillis, int status) {
    boolean isCall() {
        return what.equals("call");
    }

    /** One line of the file with the data. */
    String line() {
        return String.format(Locale.ROOT, "%s,%s,%.0f,%.1f,%d", server, what, atMillis, tookMillis, status);
    }

    static Reply of(String line) {
        String[] parts = line.split(",", -1);
        return new Reply(
                parts[0],
                parts[1],
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Integer.parseInt(parts[4]));
    }
}
