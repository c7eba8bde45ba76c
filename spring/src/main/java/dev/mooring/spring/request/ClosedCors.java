package dev.mooring.spring.request;

import dev.mooring.spring.correlation.RequestId;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import jakarta.servlet.Filter;
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
public final class ClosedCors extends DefaultCorsProcessor {
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

    /** Whose page makes the browser call. */
    private enum Page {
        /** One of this service. */
        OWN,
        /** One of a configured origin. */
        ALLOWED,
        /** Any other. */
        FOREIGN
    }

    private final boolean refusing;

    private ClosedCors(boolean refusing) {
        this.refusing = refusing;
    }

    /** Answers browsers that ask, and refuses the pages of all other origins. */
    static CorsFilter filter(List<String> origins) {
        return filter(origins, true);
    }

    /**
     * The same for health, which refuses no request for its origin: the answers to pages of other origins lack the headers by which a browser would
     * show them to the page.
     */
    public static Filter onHealth(List<String> origins) {
        return filter(origins, false);
    }

    private static CorsFilter filter(List<String> origins, boolean refusing) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        allowed.addAllowedMethod(CorsConfiguration.ALL);
        allowed.addAllowedHeader(CorsConfiguration.ALL);
        allowed.setExposedHeaders(EXPOSED);
        allowed.setMaxAge(REMEMBERED);
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", allowed);
        CorsFilter filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new ClosedCors(refusing));
        return filter;
    }

    /**
     * Decides about a request that has an origin. A page of this service needs no leave, also where a proxy ended TLS and the scheme differs. What
     * is no origin at all is refused here, because Spring cannot read it.
     */
    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (configuration == null || origin == null) {
            return super.processRequest(configuration, request, response);
        }
        Page page = page(origin, request, configuration);
        if (page == Page.ALLOWED) {
            return super.processRequest(configuration, request, response);
        }
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (page == Page.FOREIGN && refusing) {
            Problem refused =
                    Problem.of(403, "origin_not_allowed", "Web pages of this origin may not call this service.");
            ProblemWriter.write(request, response, refused);
            return false;
        }
        return true;
    }

    private static Page page(String origin, HttpServletRequest request, CorsConfiguration configuration) {
        try {
            if (OwnOrigin.is(origin, request) || !CorsUtils.isCorsRequest(request)) {
                return Page.OWN;
            }
        } catch (IllegalArgumentException noOrigin) {
            return Page.FOREIGN;
        }
        return configuration.checkOrigin(origin) == null ? Page.FOREIGN : Page.ALLOWED;
    }
}
