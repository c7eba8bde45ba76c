package dev.mooring.spring.problem;

import java.time.Duration;
import java.util.Optional;

/**
 * An error response as it goes out.
 *
 * @param status the HTTP status, 400 to 599
 * @param retryAfter the header {@code Retry-After}; empty where waiting does not help
 * @param contentType the media type of the body
 * @param body the body, which the caller does not change afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // Written once; never compared.
public record ErrorAnswer(int status, Optional<Duration> retryAfter, String contentType, byte[] body) {}
