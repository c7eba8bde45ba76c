package dev.mooring.spring.health;

import dev.mooring.health.DependencyHealth;
import dev.mooring.health.HealthReport;
import dev.mooring.health.Status;
import dev.mooring.spring.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;

/**
 * The checks behind the answer of one path, with or without those that a request excludes. A check of readiness passes exactly when no reason of
 * the report is its own, so without an exclusion the verdict is that of the report.
 *
 * @param path the name of the path, as Kubernetes writes it
 * @param passed what the answer says when all of them pass
 * @param all the checks
 */
record Checks(String path, String passed, List<Check> all) {
    private static final String TEXT = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8";
    private static final String START = "start";
    private static final String STARTING = "starting";
    private static final String SHUTDOWN = "shutdown";
    private static final String SHUTTING_DOWN = "shutting_down";
    private static final String SUPERVISOR = "supervisor";

    Checks {
        all = List.copyOf(all);
    }

    /** Liveness has one check: that the process answers. */
    static Checks ofLiveness() {
        return new Checks("livez", "alive", List.of(new Check("ping", Check.OK, List.of())));
    }

    /** One check for each dependency, and those of the process itself: its start, its end, its supervisor. */
    static Checks ofReadiness(HealthReport report, List<String> reasons) {
        List<String> left = new ArrayList<>(reasons);
        List<Check> all = new ArrayList<>();
        all.add(new Check(SHUTDOWN, Check.OK, taken(left, SHUTTING_DOWN)));
        for (DependencyHealth dependency : report.dependencies()) {
            all.add(new Check(dependency.name(), state(dependency), reasonsOf(dependency, left)));
        }
        all.add(new Check(START, Check.OK, taken(left, STARTING)));
        all.add(new Check(SUPERVISOR, Check.OK, left));
        return new Checks("readyz", "ready", all);
    }

    /** A critical dependency that nothing has answered for yet has a reason without its name. */
    private static List<String> reasonsOf(DependencyHealth dependency, List<String> left) {
        List<String> own = taken(left, dependency.name() + ": ");
        boolean unasked = dependency.critical() && dependency.status() == Status.UNKNOWN && own.isEmpty();
        return unasked && left.remove(STARTING) ? List.of(STARTING) : own;
    }

    /** Removes the reasons that begin so, and returns them. */
    private static List<String> taken(List<String> left, String prefix) {
        List<String> own =
                left.stream().filter(reason -> reason.startsWith(prefix)).toList();
        left.removeAll(own);
        return own;
    }

    private static String state(DependencyHealth dependency) {
        return dependency.status() == Status.UP ? Check.OK : dependency.status().code();
    }

    /** The answer to {@code query}. */
    HealthAnswer answer(CheckQuery query) {
        List<Check> failed = all.stream()
                .filter(check -> !check.passes() && !query.excluded().contains(check.name()))
                .toList();
        int status = failed.isEmpty() ? 200 : 503;
        return query.verbose()
                ? new HealthAnswer(status, lines(query.excluded(), failed.isEmpty()), TEXT)
                : new HealthAnswer(status, body(failed));
    }

    private byte[] body(List<Check> failed) {
        JsonObject body = new JsonObject().put("status", failed.isEmpty() ? passed : "not_" + passed);
        if (!failed.isEmpty()) {
            body.put(
                    "reasons",
                    failed.stream().flatMap(check -> check.reasons().stream()).toList());
        }
        return body.bytes();
    }

    private byte[] lines(Set<String> excluded, boolean well) {
        StringBuilder text = new StringBuilder();
        all.forEach(check ->
                text.append(check.line(excluded.contains(check.name()))).append('\n'));
        Set<String> names = all.stream().map(Check::name).collect(Collectors.toSet());
        Set<String> unknown = new HashSet<>(excluded);
        unknown.removeAll(names);
        if (!unknown.isEmpty()) {
            text.append("warn: some health checks cannot be excluded: there is no such check\n");
        }
        text.append(path).append(" check ").append(well ? "passed" : "failed").append('\n');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
