package dev.mooring.spring.requestlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mooring.breaker.BreakerState;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.HealthReport;
import dev.mooring.spring.environment.LoggedRequests;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

class RequestLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.mooring.requests");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong();
    private HealthReport health = healthOf(BreakerState.CLOSED, Instant.EPOCH);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    @Test
    void requestThatFailedByOurFault_isOneWarningWithItsFields() throws Exception {
        serve(LoggedRequests.PROBLEMS, 503, Duration.ofMillis(23));

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage())
                    .isEqualTo("GET /models/{name} of key \"ci\" was answered with 503 after 23 ms");
            assertThat(fields(line))
                    .isEqualTo(Map.of(
                            "method", "GET",
                            "path", "/models/{name}",
                            "status", "503",
                            "duration_ms", "23",
                            "caller", "key \"ci\""));
        });
    }

    @Test
    void requestThatTookLongerThanASecond_isAWarning() throws Exception {
        serve(LoggedRequests.PROBLEMS, 200, Duration.ofMillis(1_001));

        assertThat(levels()).containsExactly(Level.WARN);
    }

    @Test
    void requestThatFailedByTheClientsFault_hasALineOnlyAmongAll() throws Exception {
        serve(LoggedRequests.PROBLEMS, 404, Duration.ofMillis(1));
        assertThat(lines.list).isEmpty();

        serve(LoggedRequests.ALL, 404, Duration.ofMillis(1));
        assertThat(levels()).containsExactly(Level.INFO);
    }

    @Test
    void requestWhoseWorkThrows_countsAsAnswered500() {
        FilterChain broken = (request, response) -> {
            throw new IllegalStateException("a bug");
        };
        RequestLog log = new RequestLog(LoggedRequests.PROBLEMS, new KnownOutages(() -> health), nanos::get);

        assertThatThrownBy(() -> log.doFilter(
                        new MockHttpServletRequest("POST", "/nowhere"), new MockHttpServletResponse(), broken))
                .hasMessage("a bug");

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo("POST (path not looked up) of anonymous was answered with 500 after 0 ms");
    }

    @Test
    void requestRefusedInAKnownOutage_hasNoLineAmongProblems_andItsCodeAmongAll() throws Exception {
        health = healthOf(BreakerState.OPEN, Instant.now().minusSeconds(60));
        refuse(LoggedRequests.PROBLEMS, "database");
        assertThat(lines.list).isEmpty();

        refuse(LoggedRequests.ALL, "database");
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getFormattedMessage())
                    .isEqualTo(
                            "GET (path not looked up) of anonymous was answered with 503 (database_unavailable) after 0 ms");
            assertThat(fields(line)).containsEntry("code", "database_unavailable");
        });
    }

    @Test
    void requestThatFailedBeforeTheOutageWasKnown_isAWarningWithItsCode() throws Exception {
        health = healthOf(BreakerState.OPEN, Instant.now().plusSeconds(60));
        refuse(LoggedRequests.PROBLEMS, "database");
        health = healthOf(BreakerState.CLOSED, Instant.now().minusSeconds(60));
        refuse(LoggedRequests.PROBLEMS, "database");
        health = healthOf(BreakerState.OPEN, Instant.now().minusSeconds(60));
        refuse(LoggedRequests.PROBLEMS, "auth");

        assertThat(lines.list)
                .extracting(line -> fields(line).get("code"))
                .containsExactly("database_unavailable", "database_unavailable", "auth_unavailable");
    }

    private static HealthReport healthOf(BreakerState breaker, Instant since) {
        DependencyHealth unknown = DependencyHealth.unknown("database", true, since);
        DependencyHealth database = new DependencyHealth(
                "database",
                true,
                unknown.status(),
                since,
                breaker,
                unknown.checkedAt(),
                unknown.responseTime(),
                unknown.lastSuccess(),
                unknown.lastFailure(),
                unknown.failingSince(),
                unknown.retryAfter(),
                List.of());
        return new HealthReport(
                since,
                HealthReport.Overall.DEGRADED,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(database));
    }

    private void refuse(LoggedRequests logged, String dependency) throws Exception {
        FilterChain refusal = (request, response) -> ProblemWriter.write(
                (HttpServletRequest) request,
                (HttpServletResponse) response,
                Problem.unavailable(dependency, "It is away.", Duration.ofSeconds(1)));
        new RequestLog(logged, new KnownOutages(() -> health), nanos::get)
                .doFilter(new MockHttpServletRequest("GET", "/models"), new MockHttpServletResponse(), refusal);
    }

    private void serve(LoggedRequests logged, int status, Duration takes) throws Exception {
        FilterChain work = (request, response) -> {
            request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/models/{name}");
            request.setAttribute(RequestLog.CALLER, "key \"ci\"");
            ((HttpServletResponse) response).setStatus(status);
            nanos.addAndGet(takes.toNanos());
        };
        new RequestLog(logged, new KnownOutages(() -> health), nanos::get)
                .doFilter(
                        new MockHttpServletRequest("GET", "/models/secret-plan"), new MockHttpServletResponse(), work);
    }

    private List<Level> levels() {
        return lines.list.stream().map(ILoggingEvent::getLevel).toList();
    }

    private static Map<String, String> fields(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    }
}
