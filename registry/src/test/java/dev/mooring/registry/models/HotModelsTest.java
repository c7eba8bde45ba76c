package dev.mooring.registry.models;

import static dev.mooring.registry.models.RegistryKit.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients register versions of few models at once, repeating each other's idempotency keys. */
@Timeout(120)
class HotModelsTest {
    private static final int CLIENTS = 8;
    private static final int MODELS = 5;
    private static final int ROUNDS = 300;

    /** The ids in the answers to each key; a key may have only one. */
    private final Map<String, Set<UUID>> idsByKey = new ConcurrentHashMap<>();

    @Test
    void registrations_ofEightClientsOnFiveModels_haveNoGapAndNoDouble() throws Exception {
        try (RegistryKit kit = RegistryKit.create(CLIENTS)) {
            clients(kit, 20);
            long before = kit.count("registration");
            idsByKey.clear();

            long start = System.nanoTime();
            List<Registered> answers = clients(kit, ROUNDS);
            double seconds = (System.nanoTime() - start) / 1e9;

            System.out.printf(
                    Locale.ROOT,
                    "measured registrations by %d clients on %d models: %.0f answers/s, of them new %d of %d%n",
                    CLIENTS,
                    MODELS,
                    answers.size() / seconds,
                    answers.stream().filter(a -> !a.replayed()).count(),
                    answers.size());
            long distinct = (long) ROUNDS + (long) ROUNDS * CLIENTS;
            assertThat(answers.stream().filter(a -> !a.replayed()).count()).isEqualTo(distinct);
            assertThat(idsByKey.values()).hasSize(ROUNDS).allSatisfy(ids -> assertThat(ids)
                    .hasSize(1));
            assertThat(kit.count("registration") - before).isEqualTo(distinct);
            assertThat(kit.count("model_version")).isEqualTo(before + distinct);
            assertThat(kit.count("model_event")).isEqualTo(before + distinct);
            versionsByModel(kit).forEach((model, versions) -> assertThat(versions)
                    .as("versions of %s in the order of their history", model)
                    .isEqualTo(
                            LongStream.rangeClosed(1, versions.size()).boxed().toList()));
        }
    }

    private List<Registered> clients(RegistryKit kit, int rounds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<List<Registered>>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int number = client;
                clients.add(() -> client(kit, number, rounds));
            }
            List<Registered> answers = new ArrayList<>();
            for (Future<List<Registered>> answered : threads.invokeAll(clients, 60, TimeUnit.SECONDS)) {
                answers.addAll(answered.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Registered> client(RegistryKit kit, int client, int rounds) {
        List<Registered> answers = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            String key = rounds + "-" + round;
            Registered shared = kit.registry.register(wanted("hot-" + round % MODELS, key, "s3://" + key));
            idsByKey.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet())
                    .add(shared.registration().id());
            answers.add(shared);
            answers.add(kit.registry.register(wanted("hot-" + (client + round) % MODELS, null, "s3://own")));
        }
        return answers;
    }

    private static Map<String, List<Long>> versionsByModel(RegistryKit kit) {
        Map<String, List<Long>> versions = new TreeMap<>();
        kit.sql
                .sql("select e.model, e.version from mooring.model_event e"
                        + " join mooring.model_version v on v.model = e.model and v.version = e.version order by e.seq")
                .query((row, n) -> versions.computeIfAbsent(row.getString(1), m -> new ArrayList<>())
                        .add(row.getLong(2)))
                .list();
        return versions;
    }
}
