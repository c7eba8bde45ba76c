package dev.mooring.spring.body;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses a query with a parameter that the call does not take (422 {@code invalid_request}), as {@link BodyReader} refuses an unknown field: a
 * misspelled {@code limit} would otherwise be ignored silently. A call takes what its method declares with {@link RequestParam}. Thread-safe.
 */
public final class KnownParameters implements HandlerInterceptor {
    private KnownParameters() {}

    /** The interceptor for the calls of these path patterns. A service defines it as a bean. */
    public static WebMvcConfigurer on(String... patterns) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(interceptor()).addPathPatterns(patterns);
            }
        };
    }

    /** The interceptor alone. */
    static HandlerInterceptor interceptor() {
        return new KnownParameters();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null && handler instanceof HandlerMethod method) {
            Set<String> known = of(method);
            Mistakes mistakes = new Mistakes();
            names(query).stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> mistakes.add(
                            Text.shown(name, 40),
                            known.isEmpty()
                                    ? "is not known; this call takes no parameters"
                                    : "is not known; known are " + String.join(", ", known)));
            mistakes.refuseIfAny();
        }
        return true;
    }

    private static Set<String> of(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(KnownParameters::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(MethodParameter parameter) {
        RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
        return declared == null || declared.name().isEmpty()
                ? String.valueOf(parameter.getParameter().getName())
                : declared.name();
    }

    private static Set<String> names(String query) {
        return Arrays.stream(query.split("&"))
                .map(part -> part.split("=", 2)[0])
                .filter(name -> !name.isEmpty())
                .map(KnownParameters::decoded)
                .collect(Collectors.toSet());
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unreadable) {
            return name;
        }
    }
}
