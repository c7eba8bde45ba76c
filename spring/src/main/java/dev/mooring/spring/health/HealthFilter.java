package dev.mooring.spring.health;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.spring.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;

/** Answers the health paths from memory, and passes all other requests on. */
final class HealthFilter implements Filter {
    private final HealthPaths paths;
    private final DetailedHealthAccess access;
    private final Map<String, Supplier<HealthAnswer>> open;
    private final Map<String, Function<HttpServletRequest, HealthAnswer>> guarded = new HashMap<>();

    HealthFilter(HealthPaths paths, HealthAnswers answers, DetailedHealthAccess access, List<HealthPath> further) {
        this.paths = paths;
        this.access = access;
        this.open = Map.of(
                HealthPaths.HEALTH, answers::health,
                HealthPaths.LIVE, answers::live,
                HealthPaths.LIVEZ, answers::live,
                HealthPaths.READY, answers::ready,
                HealthPaths.READYZ, answers::ready);
        guarded.put(HealthPaths.DETAILED, request -> answers.detailed());
        further.forEach(one -> guarded.put(
                one.path(), request -> new HealthAnswer(200, one.read(request).bytes())));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest incoming = (HttpServletRequest) request;
        if (!paths.includes(incoming)) {
            chain.doFilter(request, response);
            return;
        }
        String path = HealthPaths.of(incoming);
        Supplier<HealthAnswer> toAll = open.get(path);
        Function<HttpServletRequest, HealthAnswer> toSome = guarded.get(path);
        if (toAll != null) {
            answer(incoming, (HttpServletResponse) response, toAll);
        } else if (toSome != null) {
            answer(incoming, (HttpServletResponse) response, () -> guarded(incoming, toSome));
        }
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, Supplier<HealthAnswer> answer)
            throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
            ProblemWriter.write(
                    request, response, Problem.of(405, "method_not_allowed", "Health is read with GET or HEAD."));
            return;
        }
        try {
            answer.get().send(response);
        } catch (ProblemException refused) {
            ProblemWriter.write(request, response, refused.problem());
        }
    }

    private HealthAnswer guarded(HttpServletRequest request, Function<HttpServletRequest, HealthAnswer> answer) {
        access.refuse(request).ifPresent(why -> {
            throw new ProblemException(why);
        });
        return answer.apply(request);
    }
}
