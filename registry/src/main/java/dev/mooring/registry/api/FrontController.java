package dev.mooring.registry.api;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the description of all calls, and a page for people that points to it. Both are in memory. */
@RestController
final class FrontController {
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final byte[] description;
    private final byte[] page;

    FrontController(byte[] description, byte[] page) {
        this.description = description;
        this.page = page;
    }

    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> description() {
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(description);
    }

    @GetMapping(path = "/", produces = "text/html;charset=UTF-8")
    ResponseEntity<byte[]> page() {
        return ResponseEntity.ok()
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("X-Frame-Options", "DENY")
                .cacheControl(CacheControl.noCache())
                .body(page);
    }
}
