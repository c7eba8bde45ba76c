package dev.mooring.operations.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.EndpointScopes;
import dev.mooring.operations.access.Scope;
import dev.mooring.operations.access.ScopeRules;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitFilterTest {
    private static final ScopeRules RULES = new ScopeRules(List.of(
            EndpointScopes.open().at("/health"),
            EndpointScopes.of(Scope.OPS_READ, Scope.OPS_ACT).below("/ops"),
            EndpointScopes.of(new Scope("books:read"), new Scope("books:write")).below("/books")));
    private static final Caller ANYBODY = new Caller("anonymous", Set.of(), Optional.empty());

    private final ManualTime time = new ManualTime();
    private final RateLimits limits = new RateLimits(Time.of(time.wall(), time.monotonic()));
    private final RateLimitFilter twoPerMinute = new RateLimitFilter(RULES, limits, Optional.of(Quota.perMinute(2)));
    private final RateLimitFilter unlimited = new RateLimitFilter(RULES, limits, Optional.empty());

    @Test
    void caller_withinItsQuota_isToldWhatIsLeft() throws Exception {
        MockHttpServletResponse first = send(twoPerMinute, "/books", caller("a"));

        assertThat(first.getStatus()).isEqualTo(200);
        assertThat(first.getHeader("RateLimit-Policy")).isEqualTo("\"minute\";q=2;w=60");
        assertThat(first.getHeader("RateLimit")).isEqualTo("\"minute\";r=1;t=30");
    }

    @Test
    void caller_beyondItsQuota_is429WithWhenToComeBack() throws Exception {
        send(twoPerMinute, "/books", caller("a"));
        send(twoPerMinute, "/books/1", caller("a"));

        MockHttpServletResponse refused = send(twoPerMinute, "/books", caller("a"));

        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("30");
        assertThat(refused.getHeader("RateLimit")).isEqualTo("\"minute\";r=0;t=30");
        assertThat(refused.getContentAsString())
                .contains(
                        "\"code\":\"rate_limited\"",
                        "\"retry_after_seconds\":30",
                        "\"violated-policies\":[\"minute\"]");
        assertThat(send(twoPerMinute, "/books", caller("b")).getStatus()).isEqualTo(200);
    }

    @Test
    void callersWithoutAKey_areToldApartByTheirAddress() throws Exception {
        for (int i = 0; i < 3; i++) {
            send(twoPerMinute, "/books", ANYBODY);
        }

        assertThat(send(twoPerMinute, "/books", ANYBODY).getStatus()).isEqualTo(429);
        assertThat(send(twoPerMinute, "/books", ANYBODY, "10.0.0.9").getStatus())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ops/breakers", "/health", "/undeclared"})
    void callOfOperatorsOrHealth_isNotLimited(String path) throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(send(twoPerMinute, path, caller("operator")).getStatus()).isEqualTo(200);
        }
        assertThat(send(twoPerMinute, path, caller("operator")).getHeader("RateLimit"))
                .isNull();
    }

    @Test
    void quotaOfTheKey_countsWithoutAQuotaOfAll() throws Exception {
        Caller once = new Caller("once", Set.of(), Optional.empty(), OptionalInt.of(1));

        assertThat(send(unlimited, "/books", once).getHeader("RateLimit-Policy"))
                .isEqualTo("\"hour\";q=1;w=3600");
        assertThat(send(unlimited, "/books", once).getStatus()).isEqualTo(429);
        assertThat(send(unlimited, "/books", caller("a")).getHeader("RateLimit-Policy"))
                .isNull();
    }

    private static Caller caller(String name) {
        return new Caller(name, Set.of(), Optional.empty());
    }

    private static MockHttpServletResponse send(RateLimitFilter filter, String path, Caller caller) throws Exception {
        return send(filter, path, caller, "127.0.0.1");
    }

    private static MockHttpServletResponse send(RateLimitFilter filter, String path, Caller caller, String address)
            throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        request.setUserPrincipal(caller);
        request.setRemoteAddr(address);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response;
    }
}
