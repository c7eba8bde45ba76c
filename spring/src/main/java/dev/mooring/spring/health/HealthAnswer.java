package dev.mooring.spring.health;

import dev.mooring.spring.problem.SafeAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** A rendered response of a health path. Nothing changes its bytes. */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared
record HealthAnswer(int status, byte[] body, String mediaType) {
    /** An answer in JSON. */
    HealthAnswer(int status, byte[] body) {
        this(status, body, MediaType.APPLICATION_JSON_VALUE);
    }

    void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        SafeAnswer.mark(response);
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
