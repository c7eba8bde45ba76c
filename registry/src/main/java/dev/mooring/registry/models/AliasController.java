package dev.mooring.registry.models;

import dev.mooring.operations.access.Caller;
import dev.mooring.registry.store.Alias;
import dev.mooring.spring.body.Answer;
import dev.mooring.spring.body.BodyReader;
import java.security.Principal;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Serves aliases: the version that one points to, a change of that, which promotes a version, and the removal of one. */
@RestController
@RequestMapping("/models/{name}/aliases/{alias}")
final class AliasController {
    private static final String VERSION = "version";

    private final RegistryBackend registry;

    AliasController(RegistryBackend registry) {
        this.registry = registry;
    }

    @GetMapping
    ResponseEntity<ModelVersion> get(@PathVariable String name, @PathVariable String alias) {
        if (!ModelPath.isPossible(name) || Alias.objectionTo(alias) != null) {
            throw ModelProblems.noAlias(name, alias);
        }
        return ReadAnswer.of(registry.version(name, new Alias(alias)), () -> ModelProblems.noAlias(name, alias));
    }

    /** Repeating the call is safe. */
    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    AliasView set(
            @PathVariable String name,
            @PathVariable String alias,
            @RequestBody(required = false) byte @Nullable [] body,
            @Nullable Principal principal) {
        BodyReader reader = BodyReader.of(body, Set.of(VERSION));
        String version = version(reader);
        reader.mistakes().addIf("alias", Alias.objectionToNew(alias));
        reader.mistakes().refuseIfAny();
        OptionalLong number = VersionNumber.read(version);
        boolean found = number.isPresent()
                && ModelPath.isPossible(name)
                && registry.setAlias(name, new Alias(alias), number.getAsLong(), Caller.nameOf(principal));
        if (!found) {
            throw ModelProblems.noVersion(name, version);
        }
        return new AliasView(name, alias, version);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String name, @PathVariable String alias, @Nullable Principal principal) {
        boolean possible = ModelPath.isPossible(name) && Alias.objectionTo(alias) == null;
        if (!possible || !registry.removeAlias(name, new Alias(alias), Caller.nameOf(principal))) {
            throw ModelProblems.noAlias(name, alias);
        }
    }

    /** The number of a version. Clients may send a JSON string, as the service does, or a JSON number. */
    private static String version(BodyReader reader) {
        JsonNode node = reader.given(VERSION);
        String text = node != null && node.isIntegralNumber() ? node.asString() : reader.required(VERSION, 18);
        if (VersionNumber.read(text).isEmpty()) {
            reader.mistakes().add(VERSION, "must be the number of a version, such as \"1\"");
        }
        return text;
    }

    /** An alias and the version to which it points now. */
    @Answer
    record AliasView(String name, String alias, String version) {}
}
