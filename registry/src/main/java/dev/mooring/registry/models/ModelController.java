package dev.mooring.registry.models;

import dev.mooring.operations.access.Caller;
import dev.mooring.registry.store.ModelName;
import dev.mooring.spring.body.Answer;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.body.Text;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.page.PagedList;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Serves models, their versions, their history, and the deletion of models and versions. A path with a name that no model can have gets 404. */
@RestController
final class ModelController {
    private final RegistryBackend registry;

    ModelController(RegistryBackend registry) {
        this.registry = registry;
    }

    @GetMapping("/models")
    ResponseEntity<ModelList> models(
            @RequestParam(required = false) @Nullable String prefix,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "page_token", required = false) @Nullable String token) {
        Mistakes mistakes = new Mistakes();
        PageRequest request = PageRequest.of(Paged.MODELS, limit, token, mistakes);
        String begin = prefix == null ? "" : prefix;
        mistakes.addIf("prefix", Text.objectionToFree(begin, ModelName.LONGEST));
        mistakes.refuseIfAny();
        return ReadAnswer.of(
                registry.models(begin, request).map(page -> new ModelList(page.items(), page.nextToken())));
    }

    @GetMapping("/models/{name}")
    ResponseEntity<Model> model(@PathVariable String name) {
        checkModel(name);
        return ReadAnswer.of(registry.model(name), () -> ModelProblems.noModel(name));
    }

    @GetMapping("/models/{name}/versions")
    ResponseEntity<VersionList> versions(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "page_token", required = false) @Nullable String token) {
        PageRequest request = request(Paged.VERSIONS, name, limit, token);
        return ReadAnswer.of(
                registry.versions(name, request)
                        .map(found -> found.map(page -> new VersionList(page.items(), page.nextToken()))),
                () -> ModelProblems.noModel(name));
    }

    @GetMapping("/models/{name}/versions/{version}")
    ResponseEntity<ModelVersion> version(@PathVariable String name, @PathVariable String version) {
        OptionalLong number = VersionNumber.read(version);
        if (number.isEmpty() || !ModelPath.isPossible(name)) {
            throw ModelProblems.noVersion(name, version);
        }
        return ReadAnswer.of(registry.version(name, number.getAsLong()), () -> ModelProblems.noVersion(name, version));
    }

    /** With {@code at} the history ends there, and the answer says which version each alias pointed to then. */
    @GetMapping("/models/{name}/history")
    ResponseEntity<History> history(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "page_token", required = false) @Nullable String token) {
        Mistakes mistakes = new Mistakes();
        Optional<Instant> until = Moment.read("at", at, mistakes);
        PageRequest request = request(Paged.HISTORY, name, limit, token, mistakes);
        Read<Optional<History>> history = until.isEmpty()
                ? registry.history(name, request)
                        .map(found -> found.map(page -> new History(page.items(), null, null, page.nextToken())))
                : registry.history(name, until.get(), request)
                        .map(found -> found.map(then -> History.of(until.get(), then)));
        return ReadAnswer.of(history, () -> ModelProblems.noModel(name));
    }

    @DeleteMapping("/models/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name, @Nullable Principal principal) {
        checkModel(name);
        if (!registry.deleteModel(name, Caller.nameOf(principal))) {
            throw ModelProblems.noModel(name);
        }
    }

    @DeleteMapping("/models/{name}/versions/{version}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name, @PathVariable String version, @Nullable Principal principal) {
        OptionalLong number = VersionNumber.read(version);
        boolean deleted = number.isPresent()
                && ModelPath.isPossible(name)
                && registry.deleteVersion(name, number.getAsLong(), Caller.nameOf(principal));
        if (!deleted) {
            throw ModelProblems.noVersion(name, version);
        }
    }

    private static PageRequest request(PagedList list, String name, @Nullable String limit, @Nullable String token) {
        return request(list, name, limit, token, new Mistakes());
    }

    private static PageRequest request(
            PagedList list, String name, @Nullable String limit, @Nullable String token, Mistakes mistakes) {
        PageRequest request = PageRequest.of(list, limit, token, mistakes);
        mistakes.refuseIfAny();
        checkModel(name);
        return request;
    }

    private static void checkModel(String name) {
        if (!ModelPath.isPossible(name)) {
            throw ModelProblems.noModel(name);
        }
    }

    @Answer
    record ModelList(List<Model> models, @Nullable String nextPageToken) {}

    @Answer
    record VersionList(
            List<ModelVersion> versions, @Nullable String nextPageToken) {}

    /**
     * The history of a model.
     *
     * @param at the time at which it ends; null if it was not asked for
     * @param aliases the version to which each alias pointed at that time; null without one
     */
    @Answer
    record History(
            List<HistoryEntry> entries,
            @Nullable Instant at,
            @Nullable SortedMap<String, String> aliases,
            @Nullable String nextPageToken) {
        static History of(Instant at, HistoryThen then) {
            return new History(
                    then.entries().items(), at, then.aliases(), then.entries().nextToken());
        }
    }
}
