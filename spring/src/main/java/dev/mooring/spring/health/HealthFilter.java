package dev.mooring.spring.health;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;

/** Answers the health paths before anything that could block, and lets everything else pass. */
final class HealthFilter implements Filter {
    private static final String DETAILED = "/health/detailed";

    private final HealthAnswers answers;
    private final DetailedHealthAccess access;
    private final Map<String, Supplier<HealthAnswer>> open;

    HealthFilter(HealthAnswers answers, DetailedHealthAccess access) {
        this.answers = answers;
        this.access = access;
        this.open = Map.of(
                "/health", answers::health,
                "/health/live", answers::live,
                "/livez", answers::live,
                "/health/ready", answers::ready,
                "/readyz", answers::ready);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest incoming = (HttpServletRequest) request;
        String path =
                incoming.getRequestURI().substring(incoming.getContextPath().length());
        Supplier<HealthAnswer> answer = path.equals(DETAILED) ? answers::detailed : open.get(path);
        if (answer == null) {
            chain.doFilter(request, response);
            return;
        }
        answer(path, answer, incoming, (HttpServletResponse) response);
    }

    private void answer(
            String path, Supplier<HealthAnswer> answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
            ProblemWriter.write(
                    request, response, Problem.of(405, "method_not_allowed", "Health is read with GET or HEAD."));
            return;
        }
        Optional<Problem> refused = path.equals(DETAILED) ? access.refuse(request) : Optional.empty();
        if (refused.isPresent()) {
            ProblemWriter.write(request, response, refused.get());
        } else {
            answer.get().send(response);
        }
    }
}
