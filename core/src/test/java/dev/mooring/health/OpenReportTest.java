package dev.mooring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.HealthReport.Overall;
import dev.mooring.probe.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenReportTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Failure REFUSED = new Failure(
            FailureKind.AUTHENTICATION_FAILED, "10.0.0.3:5432 says: password failed for user \"clerk\"", AT);

    @Test
    void report_forAll_hasKindsAndWhatToCheck_andNoWordsOfServers() {
        HealthReport report = report(
                dependency("database", true, Status.DOWN, List.of()),
                dependency(
                        "mlflow",
                        false,
                        Status.DOWN,
                        List.of(new Finding(FailureKind.HTTP_ERROR, "http://10.0.0.4:5000 answers 500"))));

        HealthReport open = report.open();

        assertThat(open.toString()).doesNotContain("10.0.0", "clerk", "told to operators");
        assertThat(open.reasons()).containsExactly("told to all");
        assertThat(open.error()).isEqualTo(report.error());
        DependencyHealth database = open.dependency("database").orElseThrow();
        assertThat(database.lastFailure())
                .contains(new Failure(FailureKind.AUTHENTICATION_FAILED, FailureKind.AUTHENTICATION_FAILED.hint(), AT));
        assertThat(database.status()).isEqualTo(Status.DOWN);
        assertThat(open.warnings())
                .containsExactly(
                        "mlflow: " + FailureKind.HTTP_ERROR.hint(),
                        "mlflow: down, authentication_failed: " + FailureKind.AUTHENTICATION_FAILED.hint());
    }

    /** What to change in one technology misleads in another. */
    @Test
    void whatToCheck_isThatOfTheDependency() {
        DependencyHealth known = dependency("mlflow", false, Status.DOWN, List.of());
        DependencyHealth mlflow = new DependencyHealth(
                known.name(),
                known.critical(),
                known.status(),
                known.since(),
                known.breaker(),
                known.checkedAt(),
                known.responseTime(),
                known.lastSuccess(),
                known.lastFailure(),
                known.failingSince(),
                known.retryAfter(),
                List.of(new Finding(FailureKind.HTTP_ERROR, "http://10.0.0.4:5000 answers 500")),
                kind -> "check " + kind.code() + " of MLflow");

        assertThat(report(mlflow.withStatus(Status.DOWN)).open().warnings())
                .containsExactly(
                        "mlflow: check http_error of MLflow",
                        "mlflow: down, authentication_failed: check authentication_failed of MLflow");
    }

    @Test
    void fallbackName_isToldToAll() {
        Finding fallback = new Finding(
                FailureKind.DATABASE_MISSING, "running on fallback name mlflow because mlflow_db does not exist");

        assertThat(report(dependency("database", true, Status.DEGRADED, List.of(fallback)))
                        .open()
                        .warnings())
                .containsExactly("database: running on fallback name mlflow because mlflow_db does not exist");
    }

    /** A service that is degraded says why. */
    @Test
    void dependency_thatIsUnknownOrRecovers_isAWarning_exceptWhereNothingIsAgainstIt() {
        DependencyHealth unknown = dependency("ranking", false, Status.UNKNOWN, List.of());

        assertThat(unknown.warnings())
                .containsExactly("ranking: unknown, no recent answer; the last one failed with " + REFUSED);
        assertThat(DependencyHealth.unknown("ranking", false, AT).warnings())
                .containsExactly("ranking: unknown, nothing has answered yet");
        assertThat(DependencyHealth.unknown("database", true, AT).warnings()).isEmpty();
        assertThat(dependency("database", true, Status.RECOVERING, List.of()).warnings())
                .containsExactly("database: recovering, the breaker lets calls in by steps");
        assertThat(dependency("database", true, Status.DOWN, List.of()).warnings())
                .isEmpty();
    }

    private static HealthReport report(DependencyHealth... dependencies) {
        return new HealthReport(
                AT,
                Overall.UNHEALTHY,
                List.of("told to operators"),
                List.of("told to all"),
                Optional.of("authentication_failed"),
                List.of("10.0.0.3 is slow"),
                List.of(dependencies));
    }

    private static DependencyHealth dependency(String name, boolean critical, Status status, List<Finding> findings) {
        return new DependencyHealth(
                name,
                critical,
                status,
                AT,
                BreakerState.OPEN,
                Optional.of(AT),
                Optional.empty(),
                Optional.empty(),
                Optional.of(REFUSED),
                Optional.of(AT),
                Optional.empty(),
                findings);
    }
}
