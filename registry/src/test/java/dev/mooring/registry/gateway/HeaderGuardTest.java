package dev.mooring.registry.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderGuardTest {
    @Test
    void headersThatMlflowNeeds_pass() {
        List<String> needed = List.of(
                "Content-Type",
                "Accept",
                "accept-encoding",
                "User-Agent",
                "X-MLFLOW-WORKSPACE",
                "Range",
                "traceparent",
                "Content-Encoding",
                "If-Range");
        assertThat(HeaderGuard.toMlflow(needed, List.of())).isEqualTo(needed);
    }

    @Test
    void keysOriginsAndHeadersOfTheConnection_stayHere() {
        assertThat(HeaderGuard.toMlflow(
                        List.of(
                                "Authorization",
                                "X-API-Key",
                                "Cookie",
                                "Host",
                                "Content-Length",
                                "Transfer-Encoding",
                                "TE",
                                "Trailer",
                                "Upgrade",
                                "HTTP2-Settings",
                                "Connection",
                                "Keep-Alive",
                                "Proxy-Authorization",
                                "Proxy-Connection",
                                "Expect",
                                "Origin",
                                "Referer",
                                "Forwarded",
                                "X-Forwarded-For",
                                "x-forwarded-host",
                                "X-Request-ID",
                                "X-HTTP-Method-Override",
                                "X-Original-URL"),
                        List.of("keep-alive")))
                .isEmpty();
    }

    @Test
    void headersThatTheConnectionNames_stayHere() {
        assertThat(HeaderGuard.toMlflow(
                        List.of("X-Secret", "X-Other", "X-Plain"), List.of("close, x-secret", "X-OTHER")))
                .containsExactly("X-Plain");
    }

    @Test
    void nameWithAnUnderscore_isNoWayToAnotherHeader() {
        assertThat(HeaderGuard.toMlflow(
                        List.of("X_MLFLOW_WORKSPACE", "Content_Length", "Transfer_Encoding", "X-Forwarded_For"),
                        List.of()))
                .isEmpty();
    }

    @Test
    void answer_bringsItsContentAndNothingOfItsServer() {
        assertThat(HeaderGuard.toClient(
                        List.of(
                                "Content-Type",
                                "Content-Disposition",
                                "Location",
                                "Retry-After",
                                "Set-Cookie",
                                "Server",
                                "Date",
                                "Access-Control-Allow-Origin",
                                "Transfer-Encoding",
                                "Connection",
                                "WWW-Authenticate",
                                "Alt-Svc",
                                "Authorization",
                                "Clear-Site-Data",
                                "Content-Location",
                                "Link",
                                "Mooring-Degraded",
                                "RateLimit",
                                "Refresh",
                                "Set-Cookie2",
                                "X-Own"),
                        List.of("x-own")))
                .containsExactly("Content-Type", "Content-Disposition", "Location", "Retry-After");
    }
}
