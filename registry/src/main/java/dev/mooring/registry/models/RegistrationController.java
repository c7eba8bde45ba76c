package dev.mooring.registry.models;

import dev.mooring.operations.access.Caller;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.body.Text;
import dev.mooring.spring.request.Degraded;
import dev.mooring.time.Time;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.security.Principal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Serves registrations: makes one, and reads one by its id. */
@RestController
final class RegistrationController {
    private final RegistryBackend registry;
    private final Time time;
    private final Consumer<RegistrationStatus> counter;

    /** @param counter hears the status of each new registration that it answers */
    RegistrationController(RegistryBackend registry, Time time, Consumer<RegistrationStatus> counter) {
        this.registry = registry;
        this.time = time;
        this.counter = counter;
    }

    @PostMapping(path = "/models/register", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RegistrationView> register(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @Nullable Principal principal,
            HttpServletResponse answered) {
        NewRegistration wanted = new NewRegistration(
                UuidV7.at(time.now().toEpochMilli()),
                Caller.nameOf(principal),
                keyOf(key),
                RegistrationReader.read(body));
        Registered answer = registry.register(wanted);
        Registration registration = answer.registration();
        if (!answer.replayed()) {
            counter.accept(registration.status());
        }
        if (registration.status() == RegistrationStatus.ACCEPTED) {
            Degraded.mark(answered, MlflowSettings.NAME);
        }
        ResponseEntity.BodyBuilder response = ResponseEntity.status(statusOf(registration))
                .location(URI.create("/registrations/" + registration.id()));
        if (answer.replayed()) {
            response.header("Idempotent-Replay", "true");
        }
        return response.body(RegistrationView.of(registration));
    }

    private static HttpStatus statusOf(Registration registration) {
        return switch (registration.status()) {
            case ACCEPTED -> HttpStatus.ACCEPTED;
            case REGISTERED -> HttpStatus.CREATED;
            case REJECTED -> throw ModelProblems.rejected(registration);
        };
    }

    @GetMapping("/registrations/{id}")
    RegistrationView registration(@PathVariable String id) {
        return Text.uuid(id)
                .flatMap(registry::registration)
                .map(RegistrationView::of)
                .orElseThrow(() -> ModelProblems.noRegistration(id));
    }

    private static @Nullable IdempotencyKey keyOf(@Nullable String header) {
        if (header == null) {
            return null;
        }
        Mistakes mistakes = new Mistakes();
        mistakes.addIf(IdempotencyKey.HEADER, IdempotencyKey.objectionTo(header));
        mistakes.refuseIfAny();
        return new IdempotencyKey(header);
    }
}
