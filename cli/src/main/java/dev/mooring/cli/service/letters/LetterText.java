package dev.mooring.cli.service.letters;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Dead letters as text. */
record LetterText(Moments moments) {
    /** Two lines: what it is, and why it is dead. */
    List<String> lines(Answer letter) {
        return List.of(
                letter.text("id") + "  " + letter.text("destination") + "  " + letter.text("type"),
                "  " + letter.number("attempts") + " attempts, dead since " + moment(letter, "died_at") + ", "
                        + letter.member("cause").text("kind") + ": "
                        + letter.member("cause").text("message"));
    }

    /** The same with its key, its failed attempts and its payload. */
    List<String> details(Answer letter) {
        List<String> lines = new ArrayList<>(lines(letter));
        lines.add("  created " + moment(letter, "created_at") + ", key " + letter.text("key"));
        lines.add("  " + letter.number("waiting") + " messages of its key wait, " + letter.number("later")
                + " ended after it");
        letter.list("history")
                .forEach(attempt -> lines.add(
                        "  " + moment(attempt, "at") + "  " + attempt.text("kind") + ": " + attempt.text("message")));
        lines.add("  payload  " + SafeText.of(letter.member("payload").json().toString()));
        return lines;
    }

    private String moment(Answer answer, String name) {
        return answer.moment(name).map(moments::text).orElse("an unknown moment");
    }
}
