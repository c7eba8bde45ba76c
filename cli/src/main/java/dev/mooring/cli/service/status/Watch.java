package dev.mooring.cli.service.status;

import dev.mooring.cli.service.ServiceException;
import dev.mooring.cli.terminal.AnsiText;
import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.SafeText;
import dev.mooring.cli.terminal.Surroundings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows the state of a service again and again: on a terminal in place, elsewhere a line for each change. A service that does not answer is a
 * state too. Not thread-safe.
 */
final class Watch {
    private static final int WIDTH = 80;
    private static final String HOME = "\u001B[H";
    private static final String CLEAR = HOME + "\u001B[2J";
    private static final String END_OF_LINE = "\u001B[K";
    private static final String REST_OF_SCREEN = "\u001B[J";
    private static final String UNREACHABLE = "unreachable";

    private final Surroundings with;
    private final StatusText text;
    private final boolean isJson;

    /** The last status of the service and of each dependency, by name. */
    private final Map<String, String> known = new LinkedHashMap<>();

    private String service = "service";
    private boolean isDrawn;
    private boolean isReached;

    Watch(Surroundings with, StatusText text, boolean isJson) {
        this.with = with;
        this.text = text;
        this.isJson = isJson;
    }

    /** Reads the state of a service. */
    @FunctionalInterface
    interface Source {
        Snapshot read() throws InterruptedException;
    }

    /** Waits for the next look. */
    @FunctionalInterface
    interface Pause {
        /** False to end. */
        boolean await() throws InterruptedException;
    }

    /** Looks until a pause ends it, or until the reader of the output is gone. */
    void run(Source source, Pause pause) throws InterruptedException {
        do {
            look(source);
        } while (!with.out().checkError() && pause.await());
    }

    private void look(Source source) throws InterruptedException {
        try {
            Snapshot now = source.read();
            service = now.health().text("service");
            boolean isNew = !isReached;
            isReached = true;
            show(isNew, now.statuses(), now.document(), text.lines(now));
        } catch (ServiceException away) {
            String why = SafeText.of(String.valueOf(away.getMessage()));
            boolean isNew = known.isEmpty();
            show(isNew, Map.of(service, UNREACHABLE), JsonDocument.problem(away.code(), why), List.of(why));
        }
    }

    /** {@code isNew} is whether this is the first look, or the first at which the service answers. */
    private void show(boolean isNew, Map<String, String> statuses, ObjectNode document, List<String> lines) {
        List<String> changes = changes(statuses);
        PrintWriter out = with.out();
        if (isJson) {
            if (isNew || !changes.isEmpty()) {
                out.println(JsonDocument.line(document));
            }
        } else if (with.terminal()) {
            out.print(isDrawn ? HOME : CLEAR);
            lines.forEach(line -> out.print(AnsiText.cut(line, WIDTH) + END_OF_LINE + "\n"));
            out.print(REST_OF_SCREEN);
            isDrawn = true;
        } else {
            (isNew ? lines : changes).forEach(out::println);
        }
        out.flush();
    }

    private List<String> changes(Map<String, String> statuses) {
        List<String> changes = new ArrayList<>();
        statuses.forEach((name, now) -> {
            String then = known.put(name, now);
            if (then != null && !then.equals(now)) {
                changes.add(text.seen(with.clock().instant(), name, then, now));
            }
        });
        return changes;
    }
}
