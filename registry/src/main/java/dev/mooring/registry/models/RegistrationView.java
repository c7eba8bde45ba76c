package dev.mooring.registry.models;

import dev.mooring.spring.body.Answer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A registration as clients read it. */
@Answer
record RegistrationView(
        UUID registrationId,
        String status,
        String name,
        @Nullable String version,
        @Nullable String cause) {
    static RegistrationView of(Registration registration) {
        return new RegistrationView(
                registration.id(),
                registration.status().code(),
                registration.name(),
                registration.version().isPresent()
                        ? Long.toString(registration.version().getAsLong())
                        : null,
                registration.cause().orElse(null));
    }
}
