package dev.mooring.benchmarks.outage;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Draws the replies of two servers through an outage as an SVG: time to the right, how long an answer took upwards, logarithmic. */
final class OutageChart {
    private static final int WIDTH = 860;
    private static final int LEFT = 70;
    private static final int RIGHT = 26;
    private static final int PANEL = 170;
    private static final int FIRST_TOP = 62;
    private static final int GAP = 62;
    private static final double SHORTEST = 1;
    private static final double LONGEST = 100_000;
    private static final String ANSWERED = "#2f6fbf";
    private static final String REFUSED = "#e08a1e";
    private static final String FAILED = "#c0392b";
    private static final String HEALTH = "#1e7d46";

    private final StringBuilder svg = new StringBuilder();
    private final List<Reply> replies;

    private OutageChart(List<Reply> replies) {
        this.replies = replies;
    }

    static String of(List<Reply> replies) {
        return new OutageChart(replies).draw();
    }

    private String draw() {
        int height = FIRST_TOP + 2 * PANEL + GAP + 66;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"13\" fill=\"#222\">",
                WIDTH, height, WIDTH, height);
        add("<title>How long answers took while the database was frozen for 30 s</title>");
        add("<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#fff\"/>", WIDTH, height);
        text(16, 24, "bold", "The database hangs for 30 s: how long each answer took");
        panel("boot", "Plain Spring Boot", FIRST_TOP);
        int second = FIRST_TOP + PANEL + GAP;
        panel("mooring", "Mooring's registry", second);
        for (int seconds = 0; seconds <= 60; seconds += 10) {
            add(
                    "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%d s</text>",
                    x(seconds * 1_000.0), second + PANEL + 18, seconds);
        }
        legend(second + PANEL + 46);
        add("</svg>");
        return svg.toString();
    }

    private void panel(String server, String title, int top) {
        Findings findings = Findings.of(replies);
        text(
                LEFT,
                top - 10,
                "bold",
                title + ": health took at most " + findings.longestHealth(server) + "; calls at most "
                        + findings.longestCall(server) + ", and " + findings.longestCallThen(server)
                        + " from 11 s of the outage on");
        double from = x(OutagePicture.FROZEN_FROM.toMillis());
        add(
                "<rect x=\"%.0f\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"#eef0f4\"/>",
                from, top, x(OutagePicture.FROZEN_UNTIL.toMillis()) - from, PANEL);
        add(
                "<text x=\"%.0f\" y=\"%.0f\" fill=\"#667\" text-anchor=\"middle\">database frozen</text>",
                x(25_000), y(200, top));
        String[] names = {"1 ms", "10 ms", "0.1 s", "1 s", "10 s", "100 s"};
        for (int decade = 0; decade < names.length; decade++) {
            double y = y(Math.pow(10, decade), top);
            add("<path d=\"M%d %.0fH%d\" stroke=\"#d5d8de\"/>", LEFT, y, WIDTH - RIGHT);
            add("<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 4, names[decade]);
        }
        Predicate<Reply> calls = reply -> reply.server().equals(server) && reply.isCall();
        dots(calls.and(reply -> reply.status() == 200), ANSWERED, 5, top);
        dots(calls.and(reply -> reply.status() == 503), REFUSED, 5, top);
        dots(calls.and(reply -> reply.status() != 200 && reply.status() != 503), FAILED, 5, top);
        dots(reply -> reply.server().equals(server) && !reply.isCall(), HEALTH, 3, top);
    }

    /** All dots of a colour are one path of strokes without length. */
    private void dots(Predicate<Reply> which, String colour, int size, int top) {
        StringBuilder path = new StringBuilder();
        replies.stream()
                .filter(which)
                .forEach(reply -> path.append(
                        String.format(Locale.ROOT, "M%.1f %.1fh0", x(reply.atMillis()), y(reply.tookMillis(), top))));
        if (!path.isEmpty()) {
            add(
                    "<path d=\"%s\" stroke=\"%s\" stroke-width=\"%d\" stroke-linecap=\"round\" fill=\"none\"/>",
                    path, colour, size);
        }
    }

    private void legend(int y) {
        String[][] entries = {
            {ANSWERED, "call, answered"},
            {REFUSED, "call, refused with 503"},
            {FAILED, "call, failed"},
            {HEALTH, "question for health"}
        };
        for (int i = 0; i < entries.length; i++) {
            int x = LEFT + i * 195;
            add("<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"%s\"/>", x, y - 4, entries[i][0]);
            text(x + 10, y, "normal", entries[i][1]);
        }
    }

    private void text(int x, int y, String weight, String words) {
        add("<text x=\"%d\" y=\"%d\" font-weight=\"%s\">%s</text>", x, y, weight, words);
    }

    private static double x(double atMillis) {
        return LEFT + atMillis / OutagePicture.LASTS.toMillis() * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double tookMillis, int top) {
        double clipped = Math.min(LONGEST, Math.max(SHORTEST, tookMillis));
        return top + PANEL * (1 - Math.log10(clipped / SHORTEST) / Math.log10(LONGEST / SHORTEST));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
