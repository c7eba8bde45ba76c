package dev.mooring.cli.service.status;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.Guarded;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.terminal.JsonDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a service at one moment.
 *
 * @param address where it was asked
 * @param health the body of its health, with all details where the key allows them
 * @param withheld why there are no details; empty where there are
 * @param changes the last changes of its dependencies, the newest last; empty without details
 */
record Snapshot(String address, Answer health, String withheld, List<Change> changes) {
    private static final int MOST_CHANGES = 5;
    private static final String DISABLED = "disabled";

    /** A dependency that went from one status to another, as the service tells it. */
    record Change(String dependency, Answer what) {}

    /** Asks the service, which answers from memory. */
    static Snapshot of(ServiceClient client) {
        String address = client.address().toString();
        Answer health = new Answer(client.health());
        Guarded details = client.getGuarded("/health/detailed");
        if (details.body().isEmpty()) {
            return new Snapshot(address, health, details.withheld(), List.of());
        }
        Answer detailed = new Answer(details.body().get());
        List<Change> changes = new ArrayList<>();
        for (String name : enabled(detailed)) {
            client.getGuarded("/health/history?since=24h&dependency=" + ServiceClient.encoded(name))
                    .body()
                    .ifPresent(history -> new Answer(history)
                            .list("changes")
                            .forEach(change -> changes.add(new Change(name, change))));
        }
        changes.sort(Comparator.comparing(change -> change.what().text("at")));
        int first = Math.max(0, changes.size() - MOST_CHANGES);
        return new Snapshot(address, detailed, "", List.copyOf(changes.subList(first, changes.size())));
    }

    private static List<String> enabled(Answer health) {
        return health.names("dependencies")
                .filter(name -> !health.member("dependencies")
                        .member(name)
                        .text("status")
                        .equals(DISABLED))
                .toList();
    }

    boolean isDetailed() {
        return withheld.isEmpty();
    }

    String status() {
        return health.text("status");
    }

    /** The status of each dependency, by name, and that of the service under its own name. */
    Map<String, String> statuses() {
        Map<String, String> statuses = new LinkedHashMap<>();
        statuses.put(health.text("service"), status());
        dependencies().forEach((name, dependency) -> statuses.put(name, dependency.text("status")));
        return statuses;
    }

    Map<String, Answer> dependencies() {
        return members("dependencies");
    }

    /** The members of a member, by name. */
    Map<String, Answer> members(String name) {
        Map<String, Answer> members = new LinkedHashMap<>();
        Answer all = health.member(name);
        health.names(name).forEach(one -> members.put(one, all.member(one)));
        return members;
    }

    /** For {@code -o json}: what the service says, and the changes of all dependencies in one list. */
    ObjectNode document() {
        ObjectNode document = JsonDocument.empty().put("url", address).put("detailed", isDetailed());
        document.set("health", health.json());
        var list = document.putArray("changes");
        for (Change change : changes) {
            ObjectNode one = list.addObject().put("dependency", change.dependency());
            change.what().json().properties().forEach(member -> one.set(member.getKey(), member.getValue()));
        }
        return document;
    }
}
