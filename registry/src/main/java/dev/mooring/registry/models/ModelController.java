package dev.mooring.registry.models;

import dev.mooring.spring.body.Answer;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.body.Text;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.page.PagedList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves models, their versions and their history. A path with a name that no model can have gets 404. */
@RestController
final class ModelController {
    private final Catalog catalog;

    ModelController(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping("/models")
    ModelList models(
            @RequestParam(required = false) @Nullable String prefix,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "page_token", required = false) @Nullable String token) {
        Mistakes mistakes = new Mistakes();
        PageRequest request = PageRequest.of(Paged.MODELS, limit, token, mistakes);
        String begin = prefix == null ? "" : prefix;
        mistakes.addIf("prefix", Text.objectionToFree(begin, ModelName.LONGEST));
        mistakes.refuseIfAny();
        Page<Model> page = catalog.models(begin, request);
        return new ModelList(page.items(), page.nextToken());
    }

    @GetMapping("/models/{name}")
    Model model(@PathVariable String name) {
        return known(name).flatMap(catalog::model).orElseThrow(() -> ModelProblems.noModel(name));
    }

    @GetMapping("/models/{name}/versions")
    VersionList versions(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "page_token", required = false) @Nullable String token) {
        Page<ModelVersion> page = page(Paged.VERSIONS, name, limit, token, catalog::versions);
        return new VersionList(page.items(), page.nextToken());
    }

    @GetMapping("/models/{name}/versions/{version}")
    ModelVersion version(@PathVariable String name, @PathVariable String version) {
        OptionalLong number = VersionNumber.read(version);
        if (number.isEmpty()) {
            throw ModelProblems.noVersion(name, version);
        }
        return known(name)
                .flatMap(model -> catalog.version(model, number.getAsLong()))
                .orElseThrow(() -> ModelProblems.noVersion(name, version));
    }

    @GetMapping("/models/{name}/history")
    History history(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "page_token", required = false) @Nullable String token) {
        Page<HistoryEntry> page = page(Paged.HISTORY, name, limit, token, catalog::history);
        return new History(page.items(), page.nextToken());
    }

    private static <T> Page<T> page(
            PagedList list,
            String name,
            @Nullable String limit,
            @Nullable String token,
            BiFunction<String, PageRequest, Optional<Page<T>>> read) {
        Mistakes mistakes = new Mistakes();
        PageRequest request = PageRequest.of(list, limit, token, mistakes);
        mistakes.refuseIfAny();
        return known(name).flatMap(model -> read.apply(model, request)).orElseThrow(() -> ModelProblems.noModel(name));
    }

    private static Optional<String> known(String name) {
        return ModelName.objectionTo(name) == null ? Optional.of(name) : Optional.empty();
    }

    @Answer
    record ModelList(List<Model> models, @Nullable String nextPageToken) {}

    @Answer
    record VersionList(
            List<ModelVersion> versions, @Nullable String nextPageToken) {}

    @Answer
    record History(List<HistoryEntry> entries, @Nullable String nextPageToken) {}
}
