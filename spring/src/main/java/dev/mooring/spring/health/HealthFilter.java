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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;

/** Answers the health paths from memory, and passes all other requests on. */
final class HealthFilter implements Filter {
    private static final Set<String> SHORT =
            Set.of(HealthPaths.HEALTH, HealthPaths.LIVE, HealthPaths.LIVEZ, HealthPaths.READY, HealthPaths.READYZ);
    /** These answers have a few hundred bytes, for which a client that reads always has room. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** The other ones may have more than the network takes at once. */
    private static final Duration SOON = Duration.ofMillis(250);

    private final HealthPaths paths;
    private final DetailedHealthAccess access;
    /** Tells browsers which pages may read the answers; empty where none may. */
    private final Optional<Filter> cors;

    private final Map<String, Function<HttpServletRequest, HealthAnswer>> answered = new HashMap<>();

    HealthFilter(
            HealthPaths paths,
            HealthAnswers answers,
            DetailedHealthAccess access,
            boolean detailsArePublic,
            List<HealthPath> further,
            Optional<Filter> cors) {
        this.paths = paths;
        this.access = access;
        this.cors = cors;
        Function<HttpServletRequest, HealthAnswer> live =
                request -> answers.live(CheckQuery.of(request.getQueryString()));
        Function<HttpServletRequest, HealthAnswer> ready =
                request -> answers.ready(CheckQuery.of(request.getQueryString()));
        answered.put(HealthPaths.LIVE, live);
        answered.put(HealthPaths.LIVEZ, live);
        answered.put(HealthPaths.READY, ready);
        answered.put(HealthPaths.READYZ, ready);
        answered.put(HealthPaths.HEALTH, open(answers::health));
        answered.put(
                HealthPaths.DETAILED,
                detailsArePublic ? open(answers::detailed) : guarded(request -> answers.detailed()));
        further.forEach(one -> answered.put(
                one.path(),
                guarded(request -> new HealthAnswer(200, one.read(request).bytes()))));
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
        Function<HttpServletRequest, HealthAnswer> answer = answered.get(path);
        if (answer != null) {
            limit(incoming, SHORT.contains(path) ? AT_ONCE : SOON);
            FilterChain answering =
                    (asking, open) -> answer((HttpServletRequest) asking, (HttpServletResponse) open, answer);
            if (cors.isPresent()) {
                cors.get().doFilter(request, response, answering);
            } else {
                answering.doFilter(request, response);
            }
        }
    }

    /** No answer about health holds a request thread for a client that does not read it. */
    private static void limit(HttpServletRequest request, Duration writing) {
        if (request.getAttribute(AnswerLimit.ATTRIBUTE) instanceof AnswerLimit answer) {
            answer.writtenWithin(writing);
        }
    }

    private static void answer(
            HttpServletRequest request, HttpServletResponse response, Function<HttpServletRequest, HealthAnswer> answer)
            throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
            ProblemWriter.write(
                    request, response, Problem.of(405, "method_not_allowed", "Health is read with GET or HEAD."));
            return;
        }
        try {
            answer.apply(request).send(response);
        } catch (ProblemException refused) {
            ProblemWriter.write(request, response, refused.problem());
        }
    }

    private Function<HttpServletRequest, HealthAnswer> open(Supplier<HealthAnswer> answer) {
        return request -> {
            unlessRefused(access.refuseOpen(request));
            return answer.get();
        };
    }

    private Function<HttpServletRequest, HealthAnswer> guarded(Function<HttpServletRequest, HealthAnswer> answer) {
        return request -> {
            unlessRefused(access.refuse(request));
            return answer.apply(request);
        };
    }

    private static void unlessRefused(Optional<Problem> refusal) {
        refusal.ifPresent(why -> {
            throw new ProblemException(why);
        });
    }
}
