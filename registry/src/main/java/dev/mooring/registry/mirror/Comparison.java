package dev.mooring.registry.mirror;

import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares a mirror with MLflow, one request or one model at a time. A comparison that ends early goes on where it was, in this process or in
 * another one. It removes only what MLflow, asked for that very model, does not have. One thread uses it.
 */
final class Comparison {
    private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);

    /** A model that callers change all the time is known by their changes. */
    private static final int MOST_ATTEMPTS = 5;

    private final MlflowReader mlflow;
    private final Mirror mirror;
    private final Refetch refetch;
    private final Transactions transactions;
    private final SyncTable table;
    private final Doubts doubts;
    private final int rows;
    private final Map<Origin, Tried> tried = new HashMap<>();

    /** What the present comparison of a mirror has asked for by itself. */
    private static final class Tried {
        /** How often, by the name of a model or the code of a phase. */
        private final Map<String, Integer> attempts = new HashMap<>();
        /** Versions without an address of their files. */
        private final Set<String> unlinked = new HashSet<>();

        boolean mayTry(String what) {
            return attempts.merge(what, 1, Integer::sum) <= MOST_ATTEMPTS;
        }
    }

    /** @param rows how many rows a page of versions has, and twice as many as one of models */
    Comparison(MlflowReader mlflow, Mirror mirror, Transactions transactions, JdbcClient database, int rows) {
        this.mlflow = mlflow;
        this.mirror = mirror;
        this.refetch = new Refetch(mlflow, mirror);
        this.transactions = transactions;
        this.table = new SyncTable(database);
        this.doubts = new Doubts(database);
        this.rows = rows;
    }

    /** Begins a comparison. */
    void begin(Origin origin) {
        tried.remove(origin);
        write(() -> table.begin(origin));
    }

    /** Does the next part of a comparison that has begun. */
    void step(Origin origin, Position position) throws AwayException {
        Phase phase = position.phase().orElse(Phase.REST);
        switch (phase) {
            case VERSIONS, PROMPT_VERSIONS -> versions(origin, position, phase);
            case MODELS, PROMPTS -> models(origin, position, phase);
            case REST -> rest(origin, position.startedAt().orElse(Instant.EPOCH));
        }
    }

    /** Asks for a model about which the mirror is in doubt; false if there is none. One that MLflow cannot answer for holds up nothing. */
    boolean doubt(Origin origin) {
        Optional<String> name = transactions.read(() -> doubts.next(origin));
        name.ifPresent(doubted -> settle(origin, doubted));
        return name.isPresent();
    }

    private void settle(Origin origin, String name) {
        try {
            boolean unused = refetch.model(origin, name);
        } catch (AwayException away) {
            LOG.debug("the mirror stays in doubt about a model: {}", away.getMessage());
            write(() -> doubts.putOff(origin, name));
        }
    }

    private Tried tried(Origin origin) {
        return tried.computeIfAbsent(origin, none -> new Tried());
    }

    /** Asks where the files of a version are whose source names another version; false if there is none. */
    boolean link(Origin origin) throws AwayException {
        Set<String> unlinked = tried(origin).unlinked;
        for (String[] version : transactions.read(() -> table.links(origin, unlinked.size() + 1))) {
            if (unlinked.add(String.join("\n", version))) {
                long number = Long.parseLong(version[1]);
                Optional<String> uri = mlflow.downloadUri(origin, version[0], number);
                uri.ifPresent(known -> write(() -> table.link(origin, version[0], number, known)));
                return true;
            }
        }
        return false;
    }

    /** Enters the models of a page that are whole; the next page begins with the model that the end of the page cut. */
    private void versions(Origin origin, Position position, Phase phase) throws AwayException {
        boolean prompts = phase == Phase.PROMPT_VERSIONS;
        Listing<SeenVersion> page = mlflow.versions(origin, prompts, "", position.offset(), rows);
        List<SeenVersion> whole = new ArrayList<>(page.rows());
        String cut =
                page.more() && !whole.isEmpty() ? whole.get(whole.size() - 1).model() : "";
        whole.removeIf(version -> version.model().equals(cut));
        int passed = whole.size();
        whole.removeIf(version -> version.model().equals(position.lastName()));
        mirror.listed(origin, whole, !prompts, page.sentAt());
        if (!page.more()) {
            save(origin, position.at(phase.next()));
        } else if (passed == 0) {
            // The whole page is of one model, which is asked for by itself later.
            save(origin, position.moved(page.rows().size(), cut));
        } else {
            save(origin, position.moved(passed, ""));
        }
    }

    /** Pages overlap by one row, which shows that no model was deleted before it; otherwise the list begins again. */
    private void models(Origin origin, Position position, Phase phase) throws AwayException {
        Listing<SeenModel> page = mlflow.models(origin, phase == Phase.PROMPTS, "", position.offset(), rows / 2);
        List<SeenModel> found = page.rows();
        boolean continues = position.offset() == 0
                || (!found.isEmpty() && found.get(0).name().equals(position.lastName()));
        if (!continues && tried(origin).mayTry(phase.code())) {
            save(origin, position.at(phase));
            return;
        }
        mirror.models(origin, found, page.sentAt());
        boolean more = page.more() && found.size() > 1;
        save(
                origin,
                more
                        ? position.moved(
                                found.size() - 1, found.get(found.size() - 1).name())
                        : position.at(phase.next()));
    }

    private void rest(Origin origin, Instant startedAt) throws AwayException {
        int asked = tried(origin).attempts.size();
        for (String name : transactions.read(() -> table.rest(origin, startedAt, asked + 1))) {
            if (tried(origin).mayTry(name)) {
                boolean unused = refetch.model(origin, name);
                return;
            }
        }
        if (transactions.read(() -> doubts.next(origin)).isEmpty()) {
            write(() -> table.complete(origin));
        }
    }

    private void save(Origin origin, Position position) {
        write(() -> table.save(origin, position));
    }

    private void write(Runnable work) {
        boolean unused = transactions.write(() -> {
            work.run();
            return true;
        });
    }
}
