package dev.mooring.registry.mirror;

import dev.mooring.registry.store.MirrorMarks;
import dev.mooring.registry.store.ModelTable;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.VersionTable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Enters what MLflow said into the tables. What MLflow said is true for some moment between the request and its answer, so it counts only where
 * no change was entered after the request was sent; otherwise the mirror is in doubt, keeps what it has, and asks again. Thread-safe.
 *
 * <p>{@code sentAt} is {@link System#nanoTime()} before the request.
 */
final class Mirror {
    /** The actor of changes that did not pass through this service. */
    static final String MLFLOW = "mlflow";

    private final Transactions transactions;
    private final MirrorModels models;
    private final MirrorVersions versions;
    private final MirrorAliases aliases;
    private final Doubts doubts;
    private final MirrorMarks marks;
    private final ModelTable modelTable;
    private final VersionTable versionTable;

    Mirror(Transactions transactions, JdbcClient database) {
        this.transactions = transactions;
        this.models = new MirrorModels(database);
        this.versions = new MirrorVersions(database);
        this.aliases = new MirrorAliases(database);
        this.doubts = new Doubts(database);
        this.marks = new MirrorMarks(database);
        this.modelTable = new ModelTable(database);
        this.versionTable = new VersionTable(database);
    }

    /** MLflow described these models. */
    void models(Origin origin, List<SeenModel> seen, long sentAt) {
        boolean unused = entering(origin, names(seen, SeenModel::name), sentAt, (counting, sent) -> {
            List<SeenModel> counted = seen.stream()
                    .filter(model -> counting.contains(model.name()))
                    .toList();
            return enter(
                    origin,
                    counted,
                    counted.stream().flatMap(model -> model.latest().stream()).toList(),
                    false,
                    sent);
        });
    }

    /** MLflow described this version with its aliases. */
    void version(Origin origin, SeenVersion seen, long sentAt) {
        boolean unused = entering(origin, Set.of(seen.model()), sentAt, (counting, sent) -> {
            if (counting.isEmpty()) {
                return false;
            }
            models.place(origin, counting);
            marks.doubt(origin, versions.put(origin, List.of(seen), MLFLOW));
            aliases.put(origin, seen, MLFLOW);
            versions.confirm(origin, seen, sent);
            return true;
        });
    }

    /**
     * MLflow listed these versions, all that it lists of their models.
     *
     * @param all whether the list of a model is complete
     */
    void listed(Origin origin, List<SeenVersion> seen, boolean all, long sentAt) {
        boolean unused = entering(origin, names(seen, SeenVersion::model), sentAt, (counting, sent) -> {
            List<SeenVersion> counted = seen.stream()
                    .filter(version -> counting.contains(version.model()))
                    .toList();
            models.place(origin, counting);
            Set<String> news = versions.put(origin, counted, MLFLOW);
            Set<String> more = versions.withMoreThan(origin, counted);
            Set<String> equal = without(counting, more);
            if (all) {
                models.confirmVersions(origin, equal, sent);
            } else {
                models.listed(origin, equal, sent);
            }
            marks.doubt(origin, more);
            return news.isEmpty();
        });
    }

    /** MLflow described these versions, without their aliases. */
    void some(Origin origin, List<SeenVersion> seen, long sentAt) {
        boolean unused = entering(origin, names(seen, SeenVersion::model), sentAt, (counting, sent) -> {
            List<SeenVersion> counted = seen.stream()
                    .filter(version -> counting.contains(version.model()))
                    .toList();
            models.place(origin, counting);
            return versions.put(origin, counted, MLFLOW).isEmpty();
        });
    }

    /**
     * MLflow described this model and listed all its versions.
     *
     * @return whether the mirror knows the whole model now; otherwise it is still in doubt
     */
    boolean whole(Origin origin, SeenModel seen, List<SeenVersion> all, long sentAt) {
        String name = seen.name();
        return entering(origin, Set.of(name), sentAt, (counting, sent) -> {
            if (counting.isEmpty()) {
                doubts.postpone(origin, name);
                return false;
            }
            Set<Long> old = versions.numbers(origin, name);
            all.forEach(version -> old.remove(version.version()));
            for (long number : old) {
                boolean deleted = versionTable.delete(origin, name, number, MLFLOW);
                assert deleted;
            }
            boolean agrees = enter(origin, List.of(seen), all, true, sent);
            if (agrees) {
                models.confirmVersions(origin, counting, sent);
                doubts.settle(origin, name, sent);
            }
            return agrees;
        });
    }

    /** MLflow has no such model. Whether the mirror has none either now; otherwise it is still in doubt. */
    boolean gone(Origin origin, String name, long sentAt) {
        return transactions.write(() -> {
            models.lock(origin, List.of(name));
            Instant sent = marks.sent(sentAt);
            if (!models.overtaken(origin, List.of(name), sent).isEmpty()
                    && modelTable.find(origin, name).isPresent()) {
                doubts.postpone(origin, name);
                return false;
            }
            if (modelTable.delete(origin, name, MLFLOW)) {
                marks.gone(origin, Set.of(name));
            }
            doubts.settle(origin, name, sent);
            return true;
        });
    }

    /** Something that MLflow said or did not say makes the mirror ask for this model, if it knows it. */
    void doubt(Origin origin, String name) {
        boolean unused = transactions.write(() -> {
            boolean known = modelTable.find(origin, name).isPresent();
            marks.doubt(origin, known ? Set.of(name) : Set.of());
            return known;
        });
    }

    /** What to do with the models of which what MLflow said counts. */
    @FunctionalInterface
    private interface Entry {
        boolean enter(Set<String> counting, Instant sent);
    }

    private boolean entering(Origin origin, Set<String> names, long sentAt, Entry entry) {
        return transactions.write(() -> {
            Instant sent = marks.sent(sentAt);
            models.lock(origin, names);
            Set<String> overtaken = models.overtaken(origin, names, sent);
            marks.doubt(origin, overtaken);
            Set<String> ignored = new HashSet<>(overtaken);
            ignored.addAll(models.newer(origin, names, sent));
            return entry.enter(without(names, ignored), sent);
        });
    }

    /** Enters models with some or with all of their versions; whether nothing contradicts. */
    private boolean enter(Origin origin, List<SeenModel> seen, List<SeenVersion> known, boolean all, Instant sent) {
        Set<String> names = names(seen, SeenModel::name);
        models.put(origin, seen, MLFLOW);
        Set<String> news = versions.put(origin, known, MLFLOW);
        Set<String> contradicted = new HashSet<>(aliases.put(origin, seen, MLFLOW));
        List<SeenVersion> latest =
                seen.stream().flatMap(model -> model.latest().stream()).toList();
        contradicted.addAll(versions.contradicting(origin, names, latest));
        Set<String> agreeing = without(names, contradicted);
        models.confirm(origin, agreeing, sent);
        models.confirmListed(origin, agreeing);
        models.confirmVersions(
                origin,
                seen.stream()
                        .filter(model -> model.latest().isEmpty() && agreeing.contains(model.name()))
                        .map(SeenModel::name)
                        .collect(Collectors.toSet()),
                sent);
        marks.doubt(origin, contradicted);
        marks.doubt(origin, all ? Set.of() : news);
        doubts.settleKnown(origin, agreeing);
        return contradicted.isEmpty();
    }

    private static <T> Set<String> names(List<T> seen, Function<T, String> name) {
        return seen.stream().map(name).collect(Collectors.toSet());
    }

    private static Set<String> without(Set<String> names, Set<String> others) {
        Set<String> rest = new HashSet<>(names);
        rest.removeAll(others);
        return rest;
    }
}
