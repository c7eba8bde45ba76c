package dev.mooring.spring.health;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.spring.problem.ProblemWriter;
import dev.mooring.spring.request.AnswerLimit;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;

/** Answers the health paths from memory, and passes all other requests on. */
final class HealthFilter implements Filter {
    /** The answers that need no key have a few hundred bytes, for which a client that reads always has room. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** The other ones may have more than the network takes at once. */
    private static final Duration SOON = Duration.ofMillis(250);

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
        limit(incoming, toAll != null ? AT_ONCE : SOON);
        if (toAll != null) {
            answer(incoming, (HttpServletResponse) response, toAll);
        } else if (toSome != null) {
            answer(incoming, (HttpServletResponse) response, () -> guarded(incoming, toSome));
        }
    }

    /** No answer about health holds a request thread for a client that does not read it. */
    private static void limit(HttpServletRequest request, Duration writing) {
        if (request.getAttribute(AnswerLimit.ATTRIBUTE) instanceof AnswerLimit answer) {
            answer.writtenWithin(writing);
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
