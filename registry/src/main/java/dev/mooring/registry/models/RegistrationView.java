package dev.mooring.registry.models;

import dev.mooring.spring.body.Answer;
import java.util.UUID;

/** A registration as clients read it. */
@Answer
record RegistrationView(UUID registrationId, String status, String name, String version) {

    /** The status of a committed registration. */
    static final String REGISTERED = "registered";

    static RegistrationView of(Registration registration) {
        return new RegistrationView(
                registration.id(), REGISTERED, registration.name(), Long.toString(registration.version()));
    }
}
