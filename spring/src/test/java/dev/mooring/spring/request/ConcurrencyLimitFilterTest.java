package dev.mooring.spring.request;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ConcurrencyLimitFilterTest {
    private static final int THREADS = 32;

    private final ConcurrencyLimitFilter filter =
            new ConcurrencyLimitFilter(new RequestThreads(THREADS), List.of(request -> false, request -> "/ops/breakers"
                    .equals(request.getServletPath())));

    @Test
    void requests_beyondTheLimit_areRefusedButForAFewUrgentOnes() throws Exception {
        List<Integer> statuses = new ArrayList<>();

        inside(
                "/models",
                24,
                () -> inside("/ops/breakers", 2, () -> {
                    statuses.add(status("/models"));
                    statuses.add(status("/ops/breakers"));
                }));

        assertThat(statuses).as("all 24 places and both urgent ones are taken").containsExactly(503, 503);
        assertThat(status("/models")).as("all places are given back").isEqualTo(200);
        inside("/models", 24, () -> statuses.add(status("/ops/breakers")));
        assertThat(statuses).as("the urgent ones too").endsWith(200);
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Runs a step while the filter serves that many requests. */
    private void inside(String path, int requests, Step step) throws Exception {
        if (requests == 0) {
            step.run();
            return;
        }
        serve(path, (request, response) -> {
            try {
                inside(path, requests - 1, step);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    private int status(String path) throws Exception {
        return serve(path, (request, response) -> {});
    }

    private int serve(String path, FilterChain chain) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, chain);
        return response.getStatus();
    }
}
