package dev.mooring.registry.models;

import dev.mooring.operations.access.Caller;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.body.Text;
import dev.mooring.time.Time;
import io.micrometer.core.instrument.Counter;
import java.net.URI;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    private final Counter registered;

    RegistrationController(RegistryBackend registry, Time time, Counter registered) {
        this.registry = registry;
        this.time = time;
        this.registered = registered;
    }

    @PostMapping(path = "/models/register", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RegistrationView> register(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @Nullable Principal principal) {
        NewRegistration wanted = new NewRegistration(
                UuidV7.at(time.now().toEpochMilli()),
                Caller.nameOf(principal),
                keyOf(key),
                RegistrationReader.read(body));
        Registered answer = registry.register(wanted);
        UUID id = answer.registration().id();
        ResponseEntity.BodyBuilder response = ResponseEntity.created(URI.create("/registrations/" + id));
        if (answer.replayed()) {
            response.header("Idempotent-Replay", "true");
        } else {
            registered.increment();
        }
        return response.body(RegistrationView.of(answer.registration()));
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
