package dev.mooring.registry.api;

import dev.mooring.spring.problem.ProblemException;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Explains the codes of errors, from memory. */
@RestController
final class ExplanationController {
    private static final String PLAIN = "text/plain;charset=UTF-8";
    private static final CacheControl FOR_AN_HOUR = CacheControl.maxAge(Duration.ofHours(1));

    private final ErrorPages pages;

    ExplanationController(ErrorPages pages) {
        this.pages = pages;
    }

    @GetMapping(path = ErrorPages.ROOT, produces = PLAIN)
    ResponseEntity<String> all() {
        return answer(pages.page());
    }

    @GetMapping(path = ErrorPages.ROOT + "/{code}", produces = PLAIN)
    ResponseEntity<String> explanation(@PathVariable("code") String code) {
        String section = pages.section(code)
                .orElseThrow(() -> ProblemException.notFound(
                        "not_found",
                        "No error of this service has this code. GET " + ErrorPages.ROOT + " explains all of them."));
        return answer(section);
    }

    private static ResponseEntity<String> answer(String text) {
        return ResponseEntity.ok().cacheControl(FOR_AN_HOUR).body(text);
    }
}
