package dev.mooring.cli.service.breaker;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.terminal.Columns;
import dev.mooring.cli.terminal.Durations;
import dev.mooring.cli.terminal.Moments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Breakers as text: name, state, since when, and what else is to know. */
record BreakerText(Moments moments) {
    List<String> lines(List<Answer> breakers) {
        Columns columns = new Columns();
        breakers.forEach(
                one -> columns.row(one.text("dependency"), state(one), "since " + moment(one, "since"), details(one)));
        return columns.lines();
    }

    /** What became of an order, in one line. */
    String afterOrder(Answer breaker) {
        Answer forced = breaker.member("forced");
        String until =
                breaker.has("forced") ? " until " + moment(forced, "expires_at") + " by " + forced.text("actor") : "";
        return breaker.text("dependency") + ": " + state(breaker) + until;
    }

    private String details(Answer breaker) {
        List<String> details = new ArrayList<>();
        long failures = breaker.number("failures_in_a_row");
        if (failures > 0) {
            details.add(failures + (failures == 1 ? " failure" : " failures") + " in a row");
        }
        if (breaker.has("forced")) {
            Answer forced = breaker.member("forced");
            details.add("until " + moment(forced, "expires_at") + " by " + forced.text("actor") + ": "
                    + forced.text("reason"));
        } else if (breaker.has("retry_after_seconds")) {
            details.add(
                    "next attempt within " + Durations.text(Duration.ofSeconds(breaker.number("retry_after_seconds"))));
        }
        return String.join(", ", details);
    }

    /** FORCED_OPEN is read as "forced open". */
    private static String state(Answer breaker) {
        return breaker.text("state").toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private String moment(Answer answer, String name) {
        Optional<String> moment = answer.moment(name).map(moments::text);
        return moment.orElse("an unknown moment");
    }
}
