package dev.mooring.spring.health;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerView;
import dev.mooring.breaker.CallCounts;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.retry.RetryBudget;
import dev.mooring.spring.json.JsonObject;
import dev.mooring.spring.problem.RetryAfter;
import java.time.Instant;

/** The member {@code breakers} of {@code /health/detailed}: state, counts and operator's order of every circuit breaker. */
final class BreakerSection implements DetailSection {
    private final Mooring mooring;

    BreakerSection(Mooring mooring) {
        this.mooring = mooring;
    }

    @Override
    public String name() {
        return "breakers";
    }

    @Override
    public JsonObject read() {
        return new JsonObject()
                .each(
                        mooring.dependencies().stream().filter(Dependency::enabled),
                        (all, dependency) -> all.put(dependency.name(), breaker(dependency)));
    }

    private static JsonObject breaker(Dependency dependency) {
        BreakerView view = dependency.breaker().view();
        return new JsonObject()
                .put("state", view.state().code())
                .put("since", view.since())
                .put("failures_in_a_row", view.failuresInARow())
                .put("retry_after_seconds", view.retryAfter().map(RetryAfter::seconds))
                .put("forced", view.forced().map(act -> forced(act, view.since())))
                .put("calls", calls(dependency.breaker().counts()))
                .put("retries", retries(dependency.retries()))
                .put(
                        "seconds_in_state",
                        new JsonObject()
                                .each(
                                        dependency.breaker().timeInStates().entrySet().stream(),
                                        (all, entry) -> all.put(
                                                entry.getKey().code(),
                                                entry.getValue().toMillis() / 1000.0)));
    }

    private static JsonObject forced(OperatorAct act, Instant since) {
        return new JsonObject()
                .put("actor", act.actor())
                .put("reason", act.reason())
                .put("expires_at", since.plus(act.lasts()));
    }

    private static JsonObject retries(RetryBudget retries) {
        return new JsonObject()
                .put("succeeded", retries.succeeded())
                .put("failed", retries.failed())
                .put("budget_exhausted", retries.exhausted());
    }

    private static JsonObject calls(CallCounts counts) {
        return new JsonObject()
                .put("succeeded", counts.succeeded())
                .put("refused", counts.refused())
                .put("ignored", counts.ignored())
                .put(
                        "failed",
                        new JsonObject()
                                .each(
                                        counts.failed().entrySet().stream(),
                                        (all, entry) -> all.put(entry.getKey().code(), entry.getValue())));
    }
}
