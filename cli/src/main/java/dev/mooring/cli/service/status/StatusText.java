package dev.mooring.cli.service.status;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.terminal.Columns;
import dev.mooring.cli.terminal.Durations;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Palette;
import dev.mooring.cli.terminal.SafeText;
import dev.mooring.cli.terminal.Wrapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as text.
 *
 * @param moments how moments are written
 * @param palette the colours
 * @param width the columns of a line
 */
record StatusText(Moments moments, Palette palette, int width) {
    private static final String UP = "up";
    private static final String DISABLED = "disabled";
    private static final Set<String> BROKEN = Set.of("down", "degraded");
    private static final int CONTINUED = 4;

    List<String> lines(Snapshot now) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(now));
        lines.addAll(dependencies(now));
        lines.addAll(advice(now));
        lines.addAll(load(now));
        now.health().texts("warnings").forEach(warning -> lines.add("  warning: " + warning));
        now.changes().forEach(change -> lines.add("  " + change(change)));
        return lines.stream()
                .flatMap(line -> Wrapping.lines(line, width, CONTINUED).stream())
                .toList();
    }

    /** The orders in force, each with its actor and reason, and the command that finds out more about what is broken. */
    private List<String> advice(Snapshot now) {
        List<String> lines = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        now.dependencies().forEach((name, one) -> {
            Answer breaker = now.members("breakers").get(name);
            if (breaker != null && breaker.has("forced")) {
                Answer forced = breaker.member("forced");
                lines.add("  " + SafeText.of(name) + " is "
                        + breaker.text("state").toLowerCase(Locale.ROOT).replace('_', ' ') + " by "
                        + forced.text("actor") + ": " + forced.text("reason"));
            } else if (BROKEN.contains(one.text("status"))) {
                broken.add(SafeText.of(name));
            }
        });
        if (!broken.isEmpty()) {
            lines.add("  → mooring doctor " + String.join(" ", broken));
        }
        return lines;
    }

    private String headline(Snapshot now) {
        Answer health = now.health();
        String error = health.has("error") ? " (" + health.text("error") + ")" : "";
        return palette.bold(health.text("service") + " " + health.text("version")) + "  "
                + coloured(now.status(), now.status())
                + since(now)
                        .map(begun -> " for " + Durations.text(moments.since(begun)))
                        .orElse("")
                + error + "   " + SafeText.of(now.address());
    }

    /** When the present state of the service began, as far as its dependencies show it. */
    private static Optional<Instant> since(Snapshot now) {
        boolean isHealthy = now.status().equals("healthy");
        Stream<Instant> begins = now.dependencies().values().stream()
                .filter(one -> !one.text("status").equals(DISABLED))
                .filter(one -> isHealthy == one.text("status").equals(UP))
                .filter(one -> !now.status().equals("unhealthy") || one.isTrue("critical"))
                .flatMap(one -> one.moment("since").stream());
        return isHealthy ? begins.max(Comparator.naturalOrder()) : begins.min(Comparator.naturalOrder());
    }

    private List<String> dependencies(Snapshot now) {
        Columns columns = new Columns();
        now.dependencies()
                .forEach((name, one) -> columns.row(
                        "  " + SafeText.of(name),
                        coloured(one.text("status"), one.text("status")),
                        one.moment("since")
                                .map(since -> "since " + moments.text(since))
                                .orElse(""),
                        details(one, now.members("breakers").get(name))));
        return columns.lines();
    }

    private String details(Answer dependency, @Nullable Answer breaker) {
        List<String> details = new ArrayList<>();
        if (dependency.text("status").equals(UP) && dependency.has("response_time_ms")) {
            details.add(Math.round(dependency.json().path("response_time_ms").asDouble()) + " ms");
        }
        dependency.list("findings").forEach(finding -> details.add(finding.text("kind")));
        boolean isForced = breaker != null && breaker.has("forced");
        if (dependency.text("status").equals("down") && !isForced && dependency.has("last_failure")) {
            details.add(dependency.member("last_failure").text("kind"));
        }
        if (breaker != null && breaker.has("forced")) {
            Answer forced = breaker.member("forced");
            details.add(breaker.text("state").toLowerCase(Locale.ROOT).replace('_', ' ')
                    + forced.moment("expires_at")
                            .map(end -> " until " + moments.text(end))
                            .orElse(""));
        } else if (dependency.has("retry_after_seconds")) {
            details.add("retry " + Durations.text(Duration.ofSeconds(dependency.number("retry_after_seconds"))));
        }
        return String.join(", ", details);
    }

    private static List<String> load(Snapshot now) {
        Columns columns = new Columns();
        now.members("pools")
                .forEach((name, pool) -> columns.row(
                        "  pool " + SafeText.of(name),
                        pool.number("active") + " active, " + pool.number("idle") + " idle, " + pool.number("waiting")
                                + " waiting of " + pool.number("max")));
        now.members("queues").forEach((name, queue) -> columns.row("  queue " + SafeText.of(name), queue(queue)));
        return columns.lines();
    }

    private static String queue(Answer queue) {
        String oldest = queue.number("pending") == 0
                ? ""
                : ", oldest " + Durations.text(Duration.ofSeconds(queue.number("oldest_seconds")));
        long dead = queue.number("dead_letters");
        return queue.number("pending") + " waiting" + oldest
                + (dead == 0 ? "" : ", " + dead + (dead == 1 ? " dead letter" : " dead letters"));
    }

    private String change(Snapshot.Change change) {
        Answer what = change.what();
        String why = what.has("kind") ? what.text("kind") : moments.in(what.text("cause"));
        return what.moment("at").map(moments::text).orElse("") + "  " + SafeText.of(change.dependency()) + " "
                + what.text("from") + " → " + what.text("to") + (why.isEmpty() ? "" : " (" + why + ")");
    }

    /** A line about a change that a watch saw. */
    String seen(Instant at, String name, String from, String to) {
        return moments.text(at) + "  " + SafeText.of(name) + " " + from + " → " + coloured(to, to);
    }

    private String coloured(String status, String text) {
        return switch (status) {
            case UP, "healthy" -> palette.good(text);
            case "down", "unhealthy", "unreachable" -> palette.bad(text);
            case DISABLED -> text;
            default -> palette.doubtful(text);
        };
    }
}
