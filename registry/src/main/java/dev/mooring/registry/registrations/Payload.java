package dev.mooring.registry.registrations;

import dev.mooring.registry.models.NewRegistration;
import dev.mooring.registry.models.RegistrationRequest;
import dev.mooring.registry.store.KeptJson;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the outbox keeps of a registration until MLflow has it.
 *
 * @param registrationId its id
 * @param name the name of the model
 * @param source where the files of the version are
 * @param runId the run that made it; null if there is none
 * @param description for people; null if there is none
 * @param tags names and texts, without the one that identifies the registration
 * @param metrics names and numbers, which MLflow does not keep with a version
 * @param registeredBy the name of the caller
 */
record Payload(
        UUID registrationId,
        String name,
        String source,
        @Nullable String runId,
        @Nullable String description,
        SortedMap<String, String> tags,
        SortedMap<String, Double> metrics,
        String registeredBy) {
    static Payload of(NewRegistration wanted) {
        RegistrationRequest request = wanted.request();
        return new Payload(
                wanted.id(),
                request.name().value(),
                request.source(),
                request.runId(),
                request.description(),
                request.tags(),
                request.metrics(),
                wanted.scope());
    }

    static Payload read(String json) {
        return KeptJson.read(json, Payload.class);
    }

    String json() {
        return KeptJson.text(this);
    }
}
