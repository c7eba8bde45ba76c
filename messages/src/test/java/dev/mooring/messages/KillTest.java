package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills one of two processes with a relay again and again (kill -9), at random points, while messages come in. {@code -Drelay.kills=50} kills
 * that often.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
    private static final int KILLS = Integer.getInteger("relay.kills", 6);
    private static final int KEYS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Random random = new Random();
    private final Map<String, List<String>> accepted = new LinkedHashMap<>();
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private int started;

    @Test
    void messages_whileOneOfTwoProcessesIsKilled_allArriveInOrderAndNoneIsClaimedTwice() throws Exception {
        try (TestPostgres server = OutboxRig.server();
                OutboxRig rig = new OutboxRig(server)) {
            server.admin().execute(OutboxRig.DATABASE, KillableMain.ARRIVALS);
            Thread writer = new Thread(() -> write(rig), "test-writer");
            writer.start();
            kill(rig);
            writing.set(false);
            writer.join();
            try (Running last = start(rig)) {
                assertThat(last.process().isAlive()).isTrue();
                await().atMost(PATIENCE)
                        .until(() -> rig.ask("select count(*) from mooring.outbox where state = 'pending'")
                                .equals("0"));
            }
            assertThat(rig.ask("select count(*) from mooring.outbox where state = 'dead'"))
                    .isEqualTo("0");
            check(rig);
        }
    }

    /** A process and the name by which its arrivals tell it. */
    private record Running(String name, ChildProcess process) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }

    private Running start(OutboxRig rig) {
        String name = "process-" + ++started;
        return new Running(name, KillableMain.start(rig, name));
    }

    /** Two run at any time; a third one is on its way, so that the next kill need not wait for it. */
    private void kill(OutboxRig rig) throws Exception {
        Deque<Running> processes = new ArrayDeque<>();
        try {
            for (int i = 0; i < 3; i++) {
                processes.add(start(rig));
            }
            for (int i = 0; i < KILLS; i++) {
                Running victim = processes.remove();
                victim.process().awaitLine("running", PATIENCE);
                String begun = "select count(*) from arrival where process = '" + victim.name() + "'";
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> !rig.ask(begun)
                        .equals("0"));
                TimeUnit.MICROSECONDS.sleep(random.nextInt(100_000));
                victim.process().kill();
                rig.server
                        .admin()
                        .execute(
                                OutboxRig.DATABASE,
                                "insert into arrival (process, phase) values ('" + victim.name() + "', 'killed')");
                processes.add(start(rig));
            }
        } finally {
            processes.forEach(Running::close);
            for (Running ended : processes) {
                rig.server
                        .admin()
                        .execute(
                                OutboxRig.DATABASE,
                                "insert into arrival (process, phase) values ('" + ended.name() + "', 'killed')");
            }
        }
    }

    private void write(OutboxRig rig) {
        for (int i = 0; writing.get(); i++) {
            String key = "key-" + i % KEYS;
            try {
                rig.add(key, String.valueOf(i));
                accepted.computeIfAbsent(key, none -> new ArrayList<>()).add(String.valueOf(i));
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (SQLException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    private void check(OutboxRig rig) throws SQLException {
        Map<String, Set<String>> arrived = new HashMap<>();
        Map<String, String> holders = new HashMap<>();
        List<String> claimedTwice = new ArrayList<>();
        int again = 0;
        try (Connection connection = rig.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select process, phase, ordering_key, payload ->> 'text' as text from arrival order by seq")) {
            String before = "";
            while (row.next()) {
                String process = row.getString("process");
                String phase = row.getString("phase");
                String key = row.getString("ordering_key");
                if (phase.equals("killed")) {
                    holders.values().removeIf(process::equals);
                } else if (phase.equals("begun")) {
                    boolean sameBatch = before.equals(process + phase);
                    String holder = holders.put(key, process);
                    if (holder != null && !(sameBatch && holder.equals(process))) {
                        claimedTwice.add(key + ": " + process + " while " + holder + " has it");
                    }
                } else {
                    again += arrived.computeIfAbsent(key, none -> new LinkedHashSet<>())
                                    .add(row.getString("text"))
                            ? 0
                            : 1;
                    holders.remove(key);
                }
                before = process + phase;
            }
        }
        System.out.println("killed " + KILLS + " times; "
                + accepted.values().stream().mapToInt(List::size).sum() + " messages arrived, " + again
                + " of them again");
        assertThat(claimedTwice).isEmpty();
        accepted.forEach((key, texts) ->
                assertThat(List.copyOf(arrived.getOrDefault(key, Set.of()))).isEqualTo(texts));
    }
}
