package dev.mooring.registry.models;

import static dev.mooring.registry.models.RegistryKit.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.store.Alias;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients promote, take back and register the same model at once. */
@Timeout(120)
class PromotionRaceTest {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 150;
    private static final List<Alias> ALIASES = List.of(new Alias("champion"), new Alias("challenger"), new Alias("eu"));

    @Test
    void aliases_changedByManyAtOnce_areWhereTheirHistoryLeftThem() throws Exception {
        try (RegistryKit kit = RegistryKit.create(CLIENTS)) {
            kit.registry.register(wanted("raced", null, "s"));
            long seed = System.nanoTime();

            runAll(kit, seed);

            Map<String, String> told = new TreeMap<>();
            List<HistoryEntry> history = wholeHistory(kit);
            for (HistoryEntry entry : history) {
                if (entry.action().equals("promoted")) {
                    told.put(entry.alias(), entry.version());
                } else if (entry.action().equals("alias_removed")) {
                    assertThat(told.remove(entry.alias())).isEqualTo(entry.version());
                }
            }
            System.out.println("history of the race: " + history.size() + " entries, left " + told);
            assertThat(kit.catalog.model("raced").orElseThrow().aliases())
                    .as("seed %d", seed)
                    .isEqualTo(told);
        }
    }

    private static void runAll(RegistryKit kit, long seed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Boolean>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed + client);
                clients.add(() -> client(kit, random));
            }
            for (Future<Boolean> ended : threads.invokeAll(clients, 60, TimeUnit.SECONDS)) {
                assertThat(ended.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean client(RegistryKit kit, Random random) {
        for (int round = 0; round < ROUNDS; round++) {
            Alias alias = ALIASES.get(random.nextInt(ALIASES.size()));
            switch (random.nextInt(4)) {
                case 0 -> kit.registry.register(wanted("raced", null, "s"));
                case 1 -> kit.registry.removeAlias("raced", alias, "alice");
                default -> kit.registry.setAlias("raced", alias, 1 + random.nextInt(3), "alice");
            }
        }
        return true;
    }

    /** Oldest first. */
    private static List<HistoryEntry> wholeHistory(RegistryKit kit) {
        List<HistoryEntry> all = new ArrayList<>();
        PageRequest request = new PageRequest(PageRequest.MOST, null);
        while (true) {
            Page<HistoryEntry> page = kit.catalog.history("raced", request).orElseThrow();
            page.items().forEach(entry -> all.add(0, entry));
            if (page.nextToken() == null) {
                return all;
            }
            request = PageRequest.of(Paged.HISTORY, null, page.nextToken(), new Mistakes());
        }
    }
}
