package dev.mooring.operations.access;

import dev.mooring.settings.Secret;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;

/** The key that a request carries: {@code Authorization: Bearer KEY}, else {@code X-API-Key: KEY}. */
final class PresentedKey {
    private static final String SCHEME = "bearer ";

    private PresentedKey() {}

    static Optional<Secret> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(value -> value.substring(SCHEME.length()))
                .or(() -> Optional.ofNullable(request.getHeader("X-API-Key")))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(Secret::of);
    }
}
