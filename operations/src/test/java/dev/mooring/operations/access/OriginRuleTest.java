package dev.mooring.operations.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spring.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class OriginRuleTest {
    private static final OriginRule RULE = new OriginRule(true, List.of("https://app.example.org"));

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://localhost:9999",
        "Origin, https://app.example.org.evil.example",
        "Origin, file://",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, Cross-Site"
    })
    void write_thatAPageOfAnotherOriginSends_isRefused(String header, String value) {
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            assertThat(RULE.refuse(call(method, header, value)).map(Problem::code))
                    .as(method)
                    .contains("origin_not_allowed");
            assertThat(new OriginRule(false, List.of()).refuse(call(method, header, value)))
                    .isEmpty();
        }
        assertThat(RULE.refuse(call("GET", header, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://localhost:8080",
        "Origin, https://localhost:8080",
        "Origin, https://app.example.org",
        "Sec-Fetch-Site, same-origin",
        "Sec-Fetch-Site, none",
        "X-Other, https://evil.example"
    })
    void write_ofTheOwnPageOrAnAllowedOneOrAProgram_goesOn(String header, String value) {
        assertThat(RULE.refuse(call("POST", header, value))).isEmpty();
    }

    @Test
    void star_allowsEveryOrigin() {
        OriginRule all = new OriginRule(true, List.of("*"));

        assertThat(all.refuse(call("POST", "Origin", "https://evil.example"))).isEmpty();
    }

    private static MockHttpServletRequest call(String method, String header, String value) {
        MockHttpServletRequest call = new MockHttpServletRequest(method, "/models/register");
        call.addHeader("Host", "localhost:8080");
        call.addHeader(header, value);
        return call;
    }
}
