package dev.mooring.benchmarks.outage;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The figures of an outage, as the README and the chart say them. */
record Findings(List<Reply> replies) {
    static Findings of(List<Reply> replies) {
        return new Findings(replies);
    }

    /** The longest answer about health of a server, from the freeze to its end. */
    String longestHealth(String server) {
        return words(longest(reply -> reply.server().equals(server) && !reply.isCall() && inOutage(reply)));
    }

    /** The longest call of a server in the whole time of the outage. */
    String longestCall(String server) {
        return words(longest(reply -> reply.server().equals(server) && reply.isCall() && inOutage(reply)));
    }

    /** The longest call of those that were due once health could know of the outage: 11 s after its beginning. */
    String longestCallThen(String server) {
        return words(longest(reply -> reply.server().equals(server)
                && reply.isCall()
                && inOutage(reply)
                && reply.atMillis() > OutagePicture.FROZEN_FROM.toMillis() + 11_000));
    }

    List<String> lines() {
        return List.of(line("boot"), line("mooring"));
    }

    private String line(String server) {
        return server + ": health took at most " + longestHealth(server) + ", a call at most " + longestCall(server)
                + ", " + longestCallThen(server) + " from 11 s on";
    }

    private static boolean inOutage(Reply reply) {
        return reply.atMillis() >= OutagePicture.FROZEN_FROM.toMillis()
                && reply.atMillis() < OutagePicture.FROZEN_UNTIL.toMillis();
    }

    private double longest(Predicate<Reply> which) {
        return replies.stream()
                .filter(which)
                .mapToDouble(Reply::tookMillis)
                .max()
                .orElseThrow();
    }

    private static String words(double millis) {
        return millis < 1_000
                ? String.format(Locale.ROOT, "%.0f ms", Math.ceil(millis))
                : String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }
}
