package dev.mooring.spring.body;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses a request whose header {@code Accept} excludes JSON (406 {@code not_acceptable}), before its call does anything. Spring alone notices it
 * when it writes the answer: the call would be refused and done. A call that answers without a body is none of its business. Thread-safe.
 */
public final class AcceptedForm implements HandlerInterceptor {
    private static final List<MediaType> OURS =
            List.of(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));

    private AcceptedForm() {}

    /** The interceptor for the calls of these path patterns, which answer in JSON. A service defines it as a bean. */
    public static WebMvcConfigurer json(String... patterns) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(interceptor()).addPathPatterns(patterns);
            }
        };
    }

    /** The interceptor alone. */
    static HandlerInterceptor interceptor() {
        return new AcceptedForm();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean hasNoBody = handler instanceof HandlerMethod method && method.isVoid();
        List<String> accepted = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        if (!hasNoBody && !accepted.isEmpty() && !acceptsOurs(accepted)) {
            throw new ProblemException(Problem.of(
                    406,
                    "not_acceptable",
                    "The header Accept excludes JSON, in which this call answers; nothing was done. Send"
                            + " Accept: application/json, or leave the header out."));
        }
        return true;
    }

    private static boolean acceptsOurs(List<String> headers) {
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(headers);
            return accepted.isEmpty()
                    || accepted.stream()
                            .filter(type -> type.getQualityValue() > 0)
                            .anyMatch(type -> OURS.stream().anyMatch(type::isCompatibleWith));
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }
}
