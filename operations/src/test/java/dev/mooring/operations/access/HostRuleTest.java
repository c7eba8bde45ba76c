package dev.mooring.operations.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.settings.Settings;
import dev.mooring.spring.problem.Problem;
import dev.mooring.time.Time;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class HostRuleTest {
    private static final HostRule RULE =
            HostRule.ofThisMachine(Settings.ofEnvironment(Map.of("BIND_ADDRESS", "127.0.0.5")));

    private static final RefusedKeys REFUSALS = new RefusedKeys(Time.system());

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.0.0.5", "::1", "[::1]", "[0:0:0:0:0:0:0:1]"})
    void nameOfThisMachine_isAnswered(String host) {
        assertThat(RULE.refuse(to(host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                "mylocalhost",
                "app.localhost",
                "localhost.",
                "127.0.0.2",
                "0.0.0.0",
                "[::]",
                ""
            })
    void foreignName_isRefused(String host) {
        assertThat(RULE.refuse(to(host)).map(Problem::code)).contains("foreign_host");
        assertThat(HostRule.none().refuse(to(host))).isEmpty();
    }

    @Test
    void filterAndDetailedHealth_refuseAForeignName() throws Exception {
        Access open = new Access(false, true, SomeKeys.RULES, SomeKeys.withoutAny());
        MockHttpServletRequest request = to("evil.example");
        request.setServletPath("/models");
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain next = new MockFilterChain();

        new AccessFilter(open, ValidatedKeys.none(), RULE, new OriginRule(true, List.of()), REFUSALS)
                .doFilter(request, response, next);

        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(next.getRequest()).isNull();
        assertThat(new GuardedDetails(open, RULE, REFUSALS).refuse(request).map(Problem::code))
                .isEqualTo(Optional.of("foreign_host"));
        assertThat(new GuardedDetails(open, RULE, REFUSALS).refuse(to("localhost")))
                .isEmpty();
    }

    private static MockHttpServletRequest to(String host) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/models");
        request.setServerName(host);
        return request;
    }
}
