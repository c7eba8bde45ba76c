package dev.mooring.spring.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class DegradedTest {
    @Test
    void dependencies_areNamedOnceEachInOneHeader() {
        MockHttpServletResponse response = new MockHttpServletResponse();

        Degraded.mark(response, "auth");
        Degraded.mark(response, "mlflow");
        Degraded.mark(response, "auth");

        assertThat(response.getHeaders("Mooring-Degraded")).containsExactly("auth, mlflow");
    }
}
