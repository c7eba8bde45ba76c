package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.FailureKind;
import dev.mooring.retry.Backoff;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A random history: writers add messages of a few keys, some with a first attempt, some rolled back; three relays deliver them to a
 * destination that answers at random; two of the relays die, each after a random number of calls to the database. At the end each committed
 * message has arrived, those of each key in their order, and never two at the same time.
 */
final class RelayScenario {
    private static final int WRITERS = 3;
    private static final int MESSAGES = 30;
    /** Longer than any delivery, so that a delivery ends before another relay begins it again. */
    private static final Duration LEASE = Duration.ofSeconds(2);

    private static final int LONGEST_DELIVERY_MILLIS = 40;
    private static final int LARGEST_BATCH = 8;

    private final Random random;
    private final OutboxRig rig;
    private final Destination destination = new Destination();
    private final Map<String, List<String>> accepted = new LinkedHashMap<>();

    RelayScenario(long seed, TestPostgres server) {
        random = new Random(seed);
        rig = new OutboxRig(server);
    }

    void run() throws Exception {
        MortalDatabase first = new MortalDatabase(rig.database(), 5 + random.nextInt(250));
        MortalDatabase second = new MortalDatabase(rig.database(), 5 + random.nextInt(600));
        Relay dying = relay(first);
        relay(second);
        Relay immortal = relay(new MortalDatabase(rig.database(), Integer.MAX_VALUE));
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try (OutboxRig closing = rig) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String key = "key-" + i;
                Random own = new Random(random.nextLong());
                accepted.put(key, new ArrayList<>());
                all.add(writers.submit(() -> write(key, own, first.isDead() || own.nextBoolean() ? immortal : dying)));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> closing.ask("select count(*) from mooring.outbox where state = 'pending'"
                                    + " and destination = '" + closing.destination + "'")
                            .equals("0"));
        } finally {
            writers.shutdownNow();
        }
        accepted.forEach((key, texts) -> {
            assertThat(distinct(destination.received(key))).isEqualTo(texts);
        });
        assertThat(destination.overlaps()).isEmpty();
    }

    /** At least once: what a relay had delivered and not recorded when it died comes again, from the first of its batch on. */
    private static List<String> distinct(List<String> received) {
        return received.stream().distinct().toList();
    }

    private Relay relay(MortalDatabase database) {
        int batch = 1 + random.nextInt(LARGEST_BATCH);
        RelayPlan plan = RelayPlan.to(rig.destination)
                .places(2)
                .batch(batch)
                .lease(LEASE)
                .attempts(1_000)
                .poll(Duration.ofMillis(20))
                .backoff(Backoff.exponential(Duration.ofMillis(5)).cap(Duration.ofMillis(20)));
        return rig.relay(plan, attempt -> answer(attempt, database), database.dataSource());
    }

    /** Arrives, or fails before or after it arrived; a relay that is dead sends nothing. */
    private Result answer(DeliveryAttempt attempt, MortalDatabase database) throws InterruptedException {
        if (database.isDead()) {
            return new Result.Later(FailureKind.UNKNOWN, "dead");
        }
        destination.enter(attempt.message());
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(LONGEST_DELIVERY_MILLIS));
        return switch (ThreadLocalRandom.current().nextInt(8)) {
            case 0 -> {
                destination.abandon(attempt.message());
                yield new Result.Later(FailureKind.CONNECTION_LOST, "did not arrive");
            }
            case 1 -> {
                destination.leave(attempt.message());
                yield new Result.Refused(FailureKind.CONNECTION_LOST, "arrived, and the answer was lost");
            }
            default -> {
                destination.leave(attempt.message());
                yield Result.delivered();
            }
        };
    }

    private Object write(String key, Random own, Relay relay) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            Message message = rig.message(key, key + "-" + i);
            boolean rolledBack = own.nextInt(6) == 0;
            try (FirstAttempt first = relay.firstAttempt();
                    Connection connection = rig.database().getConnection()) {
                connection.setAutoCommit(false);
                boolean atOnce = own.nextBoolean();
                if (atOnce) {
                    first.add(connection, message);
                } else {
                    Outbox.add(connection, message);
                }
                if (rolledBack) {
                    connection.rollback();
                    continue;
                }
                connection.commit();
                accepted.get(key).add(Destination.textOf(message));
                // Or the process dies between the commit and the delivery.
                if (atOnce && own.nextInt(15) > 0) {
                    first.begin();
                }
            }
        }
        return key;
    }
}
