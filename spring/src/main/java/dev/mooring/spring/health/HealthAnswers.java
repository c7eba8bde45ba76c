package dev.mooring.spring.health;

import dev.mooring.Mooring;
import dev.mooring.health.HealthReport;
import dev.mooring.spring.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders the responses of the public health paths, once for each report. Thread-safe; never waits. */
final class HealthAnswers {
    private static final HealthAnswer ALIVE =
            new HealthAnswer(200, new JsonObject().put("status", "alive").bytes());

    private final Mooring mooring;
    private final HealthBody body;
    private final List<DetailSection> details;
    private final boolean detailsArePublic;

    /**
     * The last rendering. Immutable; a reader that finds a newer report replaces it. When two readers do so at once, both write
     * the same content.
     */
    private volatile @Nullable Rendered rendered;

    private record Rendered(HealthReport report, HealthAnswer ready, HealthAnswer health) {}

    /** {@code detailsArePublic} says whether the public paths show what detailed health shows of dependencies. */
    HealthAnswers(Mooring mooring, HealthBody body, List<DetailSection> details, boolean detailsArePublic) {
        this.mooring = mooring;
        this.body = body;
        this.details = List.copyOf(details);
        this.detailsArePublic = detailsArePublic;
    }

    HealthAnswer live(CheckQuery query) {
        return query.isPlain() ? ALIVE : Checks.ofLiveness().answer(query);
    }

    HealthAnswer ready(CheckQuery query) {
        if (query.isPlain()) {
            return now().ready();
        }
        HealthReport report = mooring.health();
        return Checks.ofReadiness(report, reasons(report)).answer(query);
    }

    private List<String> reasons(HealthReport report) {
        return detailsArePublic ? report.reasons() : report.openReasons();
    }

    HealthAnswer health() {
        return now().health();
    }

    /** Rendered for each request, because only operators ask for it, and rarely. */
    HealthAnswer detailed() {
        JsonObject all = body.forOperators(mooring.health());
        details.forEach(section -> all.put(section.name(), section.read()));
        return new HealthAnswer(200, all.bytes());
    }

    @SuppressWarnings(
            "ReferenceEquality") // a new report is a new instance; comparing contents would cost more than rendering
    private Rendered now() {
        HealthReport report = mooring.health();
        Rendered last = rendered;
        if (last == null || last.report() != report) {
            last = render(report);
            rendered = last;
        }
        return last;
    }

    private Rendered render(HealthReport report) {
        int status = report.ready() ? 200 : 503;
        JsonObject ready = new JsonObject().put("status", report.ready() ? "ready" : "not_ready");
        if (!report.ready()) {
            ready.put("reasons", reasons(report));
        }
        JsonObject health = detailsArePublic ? body.forOperators(report) : body.forAll(report);
        return new Rendered(report, new HealthAnswer(status, ready.bytes()), new HealthAnswer(status, health.bytes()));
    }
}
