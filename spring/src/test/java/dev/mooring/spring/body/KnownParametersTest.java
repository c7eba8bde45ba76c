package dev.mooring.spring.body;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.mooring.spring.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class KnownParametersTest {
    private final MockMvc calls = MockMvcBuilders.standaloneSetup(new Things())
            .addInterceptors(KnownParameters.interceptor())
            .build();

    @Test
    void parameterThatTheCallTakes_passes() throws Exception {
        calls.perform(get("/things?limit=5&page_token=x")).andExpect(status().isOk());
        calls.perform(get("/plain")).andExpect(status().isOk());
    }

    @Test
    void parameterThatItDoesNotTake_isNamedWithThoseThatItDoes() throws Exception {
        calls.perform(get("/things?limt=5"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string("limt: is not known; known are limit, page_token"));
        calls.perform(get("/plain?verbose"))
                .andExpect(content().string("verbose: is not known; this call takes no parameters"));
    }

    @RestController
    static class Things {
        @GetMapping("/things")
        String things(
                @RequestParam(required = false) @Nullable String limit,
                @RequestParam(name = "page_token", required = false) @Nullable String token) {
            return limit + token;
        }

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }

        @ExceptionHandler
        ResponseEntity<String> refused(ProblemException refused) {
            var first = refused.problem().errors().get(0);
            return ResponseEntity.status(refused.problem().status()).body(first.field() + ": " + first.message());
        }
    }
}
