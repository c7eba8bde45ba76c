package dev.mooring.spring.history;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.history.Availability;
import dev.mooring.history.HealthHistory;
import dev.mooring.history.ResponseTimes;
import dev.mooring.history.StateChange;
import dev.mooring.spring.health.HealthPath;
import dev.mooring.spring.json.JsonObject;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.time.Time;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code GET /health/history?dependency=database&since=24h}: changes, availability and response times, from memory. */
final class HistoryPath implements HealthPath {
    private final Mooring mooring;
    private final HealthHistory history;
    private final Time time;

    HistoryPath(Mooring mooring, HealthHistory history, Time time) {
        this.mooring = mooring;
        this.history = history;
        this.time = time;
    }

    @Override
    public String path() {
        return "/health/history";
    }

    @Override
    public JsonObject read(HttpServletRequest request) {
        Instant now = time.now();
        Question question = Question.of(request, history.keep(), now);
        String name = question.dependency();
        if (mooring.dependency(name).isEmpty()) {
            throw new ProblemException(unknown());
        }
        return new JsonObject()
                .put("dependency", name)
                .put(
                        "status",
                        mooring.health()
                                .dependency(name)
                                .map(DependencyHealth::status)
                                .map(status -> status.code()))
                .put("since", question.since())
                .put(
                        "availability",
                        new JsonObject()
                                .put("1h", availability(name, Duration.ofHours(1)))
                                .put("24h", availability(name, Duration.ofHours(24))))
                .put(
                        "changes",
                        history.changes(name, question.since()).stream()
                                .map(HistoryPath::change)
                                .toList())
                .put("response_times", responseTimes(name, question.since(), now));
    }

    /** Adds how much of the window is known: a share of three minutes says little about a day. */
    private JsonObject availability(String name, Duration window) {
        Availability availability = history.availability(name, window);
        return new JsonObject()
                .put("share", availability.share().stream().boxed().findFirst())
                .put("known_seconds", seconds(availability.known()));
    }

    private static JsonObject change(StateChange change) {
        return new JsonObject()
                .put("at", change.at())
                .put("from", change.from().code())
                .put("to", change.to().code())
                .put("lasted_seconds", seconds(change.lasted()))
                .put("cause", change.cause())
                .put("kind", change.kind().map(FailureKind::code));
    }

    private JsonObject responseTimes(String name, Instant since, Instant now) {
        return new JsonObject()
                .put("mean_ms_1h", mean(history.responseTimes(name, now.minus(Duration.ofHours(1)))))
                .put("mean_ms_24h", mean(history.responseTimes(name, now.minus(Duration.ofHours(24)))))
                .put("stretch_seconds", HealthHistory.STRETCH.toSeconds())
                .put(
                        "stretches",
                        history.responseTimes(name, since).stream()
                                .map(HistoryPath::stretch)
                                .toList());
    }

    private static Optional<Double> mean(List<ResponseTimes> times) {
        long answers = times.stream().mapToLong(ResponseTimes::answers).sum();
        Duration all = times.stream()
                .map(stretch -> stretch.mean().multipliedBy(stretch.answers()))
                .reduce(Duration.ZERO, Duration::plus);
        return answers == 0 ? Optional.empty() : Optional.of(millis(all.dividedBy(answers)));
    }

    private static JsonObject stretch(ResponseTimes times) {
        return new JsonObject()
                .put("from", times.from())
                .put("answers", times.answers())
                .put("mean_ms", millis(times.mean()))
                .put("longest_ms", millis(times.longest()));
    }

    private Problem unknown() {
        List<String> names =
                mooring.dependencies().stream().map(Dependency::name).toList();
        return Problem.notFound("dependency_not_found", "There is no such dependency; there are: " + names + ".");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e4) / 100.0;
    }
}
