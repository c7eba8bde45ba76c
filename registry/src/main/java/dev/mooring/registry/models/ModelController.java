package dev.mooring.registry.models;

import dev.mooring.registry.store.ModelName;
import dev.mooring.spring.body.Answer;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.body.Text;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.page.PagedList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves models, their versions and their history. A path with a name that no model can have gets 404. */
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

    @GetMapping("/models/{name}/history")
    ResponseEntity<History> history(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "page_token", required = false) @Nullable String token) {
        PageRequest request = request(Paged.HISTORY, name, limit, token);
        return ReadAnswer.of(
                registry.history(name, request)
                        .map(found -> found.map(page -> new History(page.items(), page.nextToken()))),
                () -> ModelProblems.noModel(name));
    }

    private static PageRequest request(PagedList list, String name, @Nullable String limit, @Nullable String token) {
        Mistakes mistakes = new Mistakes();
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

    @Answer
    record History(List<HistoryEntry> entries, @Nullable String nextPageToken) {}
}
