package dev.mooring.registry.mirror;

import dev.mooring.registry.mirror.MlflowReader.Said;
import dev.mooring.registry.store.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks MLflow for one model with all its versions, and enters what it says. Thread-safe. */
final class Refetch {
    private static final int ROWS = 500;

    private final MlflowReader mlflow;
    private final Mirror mirror;

    Refetch(MlflowReader mlflow, Mirror mirror) {
        this.mlflow = mlflow;
        this.mirror = mirror;
    }

    /**
     * Asks for a model.
     *
     * @return whether the mirror knows all about it now, also that it does not exist
     */
    boolean model(Origin origin, String name) throws AwayException {
        Said<Optional<SeenModel>> said = mlflow.model(origin, name);
        Optional<SeenModel> model = said.value().isPresent() ? said.value() : listed(origin, name);
        if (model.isEmpty()) {
            return mirror.gone(origin, name, said.sentAt());
        }
        return mirror.whole(origin, model.get(), versions(origin, model.get()), said.sentAt());
    }

    /** A newer server refuses to get a model with a name that only an older one allowed, but lists it. */
    private Optional<SeenModel> listed(Origin origin, String name) throws AwayException {
        if (!name.contains("/") && !name.contains(":")) {
            return Optional.empty();
        }
        List<SeenModel> found = new ArrayList<>(
                mlflow.models(origin, false, Names.filter(name), 0, ROWS).rows());
        found.addAll(mlflow.models(origin, true, Names.filter(name), 0, ROWS).rows());
        return found.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /**
     * All versions of a model. MLflow leaves out all versions of a model if one of them has the tag of prompts; asked for prompts, it lists those
     * that have the tag, so others have to be asked for one by one.
     */
    private List<SeenVersion> versions(Origin origin, SeenModel model) throws AwayException {
        List<SeenVersion> plain = search(origin, model.name(), false);
        if (!plain.isEmpty() || model.latest().isEmpty()) {
            return plain;
        }
        List<SeenVersion> all = new ArrayList<>(search(origin, model.name(), true));
        Set<Long> missing = new TreeSet<>();
        for (long number = 1; number <= model.newest(); number++) {
            missing.add(number);
        }
        all.forEach(version -> missing.remove(version.version()));
        for (SeenVersion latest : model.latest()) {
            if (missing.remove(latest.version())) {
                all.add(latest);
            }
        }
        for (long number : missing) {
            mlflow.version(origin, model.name(), number).value().ifPresent(all::add);
        }
        return all;
    }

    /** Pages by number, because a page by place misses a version when another one is deleted meanwhile. */
    private List<SeenVersion> search(Origin origin, String name, boolean prompts) throws AwayException {
        List<SeenVersion> all = new ArrayList<>();
        Set<Long> numbers = new HashSet<>();
        String filter = Names.filter(name);
        Listing<SeenVersion> page = mlflow.versions(origin, prompts, filter, 0, ROWS);
        while (true) {
            page.rows().stream()
                    .filter(version -> version.model().equals(name) && numbers.add(version.version()))
                    .forEach(all::add);
            if (!page.more()) {
                return all;
            }
            long lowest =
                    page.rows().stream().mapToLong(SeenVersion::version).min().orElse(1);
            page = mlflow.versions(origin, prompts, filter + " AND version_number < " + lowest, 0, ROWS);
        }
    }

    /** The versions of a model below a number, newest first; for pages that clients read. */
    Listing<SeenVersion> below(Origin origin, String name, long below, int rows) throws AwayException {
        String filter = Names.filter(name) + (below < Integer.MAX_VALUE ? " AND version_number < " + below : "");
        Listing<SeenVersion> plain = mlflow.versions(origin, false, filter, 0, rows);
        Listing<SeenVersion> found = plain.rows().isEmpty() ? mlflow.versions(origin, true, filter, 0, rows) : plain;
        return new Listing<>(
                found.rows().stream()
                        .filter(version -> version.model().equals(name))
                        .toList(),
                found.more(),
                found.sentAt());
    }
}
