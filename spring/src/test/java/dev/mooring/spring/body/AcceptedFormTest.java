package dev.mooring.spring.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.mooring.spring.problem.ProblemException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

class AcceptedFormTest {
    private final Things things = new Things();
    private final MockMvc calls = MockMvcBuilders.standaloneSetup(things)
            .addInterceptors(AcceptedForm.interceptor())
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml, text/*", "application/json;q=0", "no type"})
    void callWhoseAnswerWouldNotBeAccepted_isRefusedBeforeItDoesAnything(String accept) throws Exception {
        calls.perform(post("/things").header("Accept", accept)).andExpect(status().isNotAcceptable());
        assertThat(things.made).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "*/*",
                "text/html, */*;q=0.1",
                "application/*",
                "application/problem+json",
                "APPLICATION/JSON; q=0.5",
                ""
            })
    void callWhoseAnswerIsAccepted_isDone(String accept) throws Exception {
        calls.perform(post("/things").header("Accept", accept)).andExpect(status().isOk());
        assertThat(things.made).hasValue(1);
    }

    @Test
    void callWithoutTheHeader_isDone() throws Exception {
        calls.perform(post("/things")).andExpect(status().isOk());
    }

    @Test
    void callThatAnswersWithoutABody_isDone() throws Exception {
        calls.perform(delete("/things").header("Accept", "text/html")).andExpect(status().isNoContent());
        assertThat(things.made).hasValue(-1);
    }

    @RestController
    static class Things {
        private final AtomicInteger made = new AtomicInteger();

        @PostMapping("/things")
        Map<String, Integer> make() {
            return Map.of("made", made.incrementAndGet());
        }

        @DeleteMapping("/things")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        void remove() {
            made.set(-1);
        }

        @ExceptionHandler
        ResponseEntity<Void> refused(ProblemException refused) {
            return ResponseEntity.status(refused.problem().status()).build();
        }
    }
}
