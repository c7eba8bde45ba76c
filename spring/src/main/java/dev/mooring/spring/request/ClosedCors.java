package dev.mooring.spring.request;

import dev.mooring.spring.correlation.RequestId;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Allows cross-origin calls only from the configured origins, and answers all others with a problem. */
final class ClosedCors extends DefaultCorsProcessor {
    private static final Duration REMEMBERED = Duration.ofMinutes(30);

    /** Headers of answers that a page may read. */
    private static final List<String> EXPOSED = List.of(
            RequestId.HEADER,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.LOCATION,
            HttpHeaders.AGE,
            "Idempotent-Replay",
            Degraded.HEADER,
            "RateLimit",
            "RateLimit-Policy");

    private ClosedCors() {}

    static CorsFilter filter(List<String> origins) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        allowed.addAllowedMethod(CorsConfiguration.ALL);
        allowed.addAllowedHeader(CorsConfiguration.ALL);
        allowed.setExposedHeaders(EXPOSED);
        allowed.setMaxAge(REMEMBERED);
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", allowed);
        CorsFilter filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new ClosedCors());
        return filter;
    }

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (configuration != null
                && CorsUtils.isCorsRequest(request)
                && configuration.checkOrigin(request.getHeader(HttpHeaders.ORIGIN)) == null) {
            Problem refused =
                    Problem.of(403, "origin_not_allowed", "Web pages of this origin may not call this service.");
            ProblemWriter.write(request, response, refused);
            return false;
        }
        return super.processRequest(configuration, request, response);
    }
}
