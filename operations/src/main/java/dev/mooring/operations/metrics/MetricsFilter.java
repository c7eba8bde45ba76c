package dev.mooring.operations.metrics;

import dev.mooring.spring.health.DetailedHealthAccess;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import dev.mooring.spring.problem.SafeAnswer;
import dev.mooring.spring.request.AnswerLimit;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Answers {@code GET /metrics} from memory. Runs where the filter of health runs, before every filter that may wait, because operators
 * need metrics most when all requests hang. The client's {@code Accept} header chooses OpenMetrics or Prometheus' text.
 */
final class MetricsFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final String PATH = "/metrics";
    /** Metrics fit the network at once, or nearly so; a client that does not read them must not hold a thread. */
    private static final Duration WRITING = Duration.ofSeconds(1);

    private final transient PrometheusRegistry metrics;
    private final transient ExpositionFormats forms = ExpositionFormats.init();
    private final transient DetailedHealthAccess access;

    MetricsFilter(PrometheusRegistry metrics, DetailedHealthAccess access) {
        this.metrics = metrics;
        this.access = access;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getRequestURI().equals(request.getContextPath() + PATH)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Problem> refused = refuse(request, response);
        if (refused.isPresent()) {
            ProblemWriter.write(request, response, refused.get());
        } else {
            tell(request, response);
        }
    }

    private Optional<Problem> refuse(HttpServletRequest request, HttpServletResponse response) {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
            return Optional.of(Problem.of(405, "method_not_allowed", "Metrics are read with GET or HEAD."));
        }
        return access.refuse(request);
    }

    /** Renders into memory first, so that a client that reads slowly holds nothing but its own request thread. */
    private void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ExpositionFormatWriter form = forms.findWriter(request.getHeader(HttpHeaders.ACCEPT));
        if (request.getAttribute(AnswerLimit.ATTRIBUTE) instanceof AnswerLimit answer) {
            answer.writtenWithin(WRITING);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        form.write(body, metrics.scrape());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        SafeAnswer.mark(response);
        response.setContentType(form.getContentType());
        response.setContentLength(body.size());
        body.writeTo(response.getOutputStream());
    }
}
