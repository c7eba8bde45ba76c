package dev.mooring.operations.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.settings.Secret;
import dev.mooring.spring.requestlog.RequestLog;
import dev.mooring.time.Time;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AccessFilterTest {
    private final RefusedKeys refusals = new RefusedKeys(Time.system());
    private final AccessFilter filter = filter(SomeKeys.withAdmin(), ValidatedKeys.none());
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/models");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain next = new MockFilterChain();

    @Test
    void request_withoutKey_isAnswered401WithTheChallenge() throws Exception {
        send();

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"mooring\"");
        assertThat(response.getContentType()).startsWith("application/problem+json");
        assertThat(response.getContentAsString()).contains("\"code\":\"unauthorized\"");
        assertThat(next.getRequest()).isNull();
    }

    @Test
    void request_thatIsRefused_hasItsDeclaredPathForTheLog() throws Exception {
        request.setPathInfo("/secret-plan");

        send();

        assertThat(request.getAttribute(RequestLog.PATH)).isEqualTo("/models/…");
    }

    @Test
    void request_withAWrongKey_isAnswered401WithoutRepeatingIt() throws Exception {
        request.addHeader("Authorization", "Bearer wrong-key");

        send();

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).endsWith("error=\"invalid_token\"");
        assertThat(response.getContentAsString()).doesNotContain("wrong-key");
    }

    @Test
    void request_withTheKeyAsBearer_goesOnWithItsOwner() throws Exception {
        request.addHeader("Authorization", "bearer  admin-key ");

        send();

        assertThat(((HttpServletRequest) next.getRequest()).getUserPrincipal()).isEqualTo(SomeKeys.admin());
        assertThat(SomeKeys.admin().getName()).isEqualTo("admin");
    }

    @Test
    void request_withTheKeyAsXApiKey_goesOn() throws Exception {
        request.addHeader("Authorization", "Basic dXNlcjpwYXNz");
        request.addHeader("X-API-Key", "admin-key");

        send();

        assertThat(next.getRequest()).isNotNull();
    }

    @Test
    void request_withAKeyThatLacksTheScope_isAnswered403WithTheScope() throws Exception {
        request.addHeader("X-API-Key", "ops:read");

        send();

        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getHeader("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"mooring\", error=\"insufficient_scope\", scope=\"models:read\"");
        assertThat(response.getContentAsString()).contains("\"code\":\"scope_missing\"", "\"scope\":\"models:read\"");
        assertThat(next.getRequest()).isNull();
    }

    @Test
    void request_withAnEmptyKey_isAnsweredAsOneWithout() throws Exception {
        request.addHeader("Authorization", "Bearer  ");

        send();

        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"mooring\"");
    }

    @Test
    void request_withAKeyInGrace_goesOnLabelledDegraded() throws Exception {
        Caller ann = new Caller("auth:ann/k1", Set.of(SomeKeys.MODELS_READ), Optional.empty());
        AccessFilter asking = filter(SomeKeys.withMoreElsewhere(), allInGrace(ann));
        request.setServletPath("/models");
        request.addHeader("X-API-Key", "stale");

        asking.doFilter(request, response, next);

        assertThat(((HttpServletRequest) next.getRequest()).getUserPrincipal()).isEqualTo(ann);
        assertThat(response.getHeader("Mooring-Degraded")).isEqualTo("auth");
    }

    @Test
    void call_thatNeedsAKey_isKeptByNoCache() throws Exception {
        request.addHeader("X-API-Key", "admin-key");

        send();

        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void refusals_areCountedByReason() throws Exception {
        send();
        assertThat(refusals.total(RefusedKeys.Reason.MISSING)).isEqualTo(1);
        request.addHeader("X-API-Key", "wrong");
        send();
        assertThat(refusals.total(RefusedKeys.Reason.INVALID)).isEqualTo(1);
        assertThat(refusals.total(RefusedKeys.Reason.SCOPE_MISSING)).isZero();
    }

    private AccessFilter filter(Keys keys, ValidatedKeys elsewhere) {
        return new AccessFilter(
                new Access(true, false, SomeKeys.RULES, keys),
                elsewhere,
                HostRule.none(),
                new OriginRule(false, List.of()),
                refusals);
    }

    private void send() throws Exception {
        request.setServletPath("/models");
        filter.doFilter(request, response, next);
    }

    private static ValidatedKeys allInGrace(Caller owner) {
        return new ValidatedKeys() {
            @Override
            public boolean areInUse() {
                return true;
            }

            @Override
            public Verdict check(Secret key, String address) {
                return new Verdict.Valid(owner, true);
            }
        };
    }
}
