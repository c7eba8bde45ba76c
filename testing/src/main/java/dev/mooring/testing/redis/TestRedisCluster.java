package dev.mooring.testing.redis;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster of three primaries, each with a replica that takes over within about five seconds after its primary died. {@link #close()} ends
 * the six processes; so does the end of this JVM. Thread-safe, but for {@link #moveSlot}.
 */
public final class TestRedisCluster implements AutoCloseable {
    private static final int PRIMARIES = 3;
    private static final int NODES = 2 * PRIMARIES;
    private static final int SLOTS = 16_384;
    /** The port on which nodes talk to each other lies this much higher; it must stay below those of outgoing connections. */
    private static final int BUS = 10_000;

    private static final int HIGHEST_PORT = 22_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<TestRedis> nodes = new ArrayList<>();

    private TestRedisCluster(TestRedis.Builder node) {
        node.setting("cluster-enabled", "yes")
                .setting("cluster-node-timeout", "1500")
                .setting("cluster-replica-validity-factor", "0");
        try {
            for (int number = 0; number < NODES; number++) {
                nodes.add(node.port(choosePort()).start());
            }
            join();
        } catch (RuntimeException | AssertionError notStarted) {
            close();
            throw notStarted;
        }
    }

    private static int choosePort() {
        int port = FreePort.choose();
        while (port > HIGHEST_PORT || !FreePort.isFree(port + BUS)) {
            port = FreePort.choose();
        }
        return port;
    }

    private void join() {
        for (int number = 0; number < NODES; number++) {
            nodes.get(number).admin().ask("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(number + 1));
        }
        for (TestRedis other : nodes.subList(1, NODES)) {
            nodes.get(0).admin().ask("CLUSTER", "MEET", other.host(), String.valueOf(other.port()));
        }
        require(() -> nodes.stream().allMatch(node -> says(node, "cluster_known_nodes:" + NODES)), "do not meet");
        for (int number = 0; number < PRIMARIES; number++) {
            int first = SLOTS * number / PRIMARIES;
            int end = SLOTS * (number + 1) / PRIMARIES;
            List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            IntStream.range(first, end).mapToObj(String::valueOf).forEach(command::add);
            nodes.get(number).admin().ask(command.toArray(String[]::new));
            nodes.get(number + PRIMARIES).admin().ask("CLUSTER", "REPLICATE", id(nodes.get(number)));
        }
        require(
                () -> nodes.stream().allMatch(node -> says(node, "cluster_state:ok"))
                        && nodes.subList(PRIMARIES, NODES).stream()
                                .allMatch(node ->
                                        node.admin().text("INFO", "replication").contains("master_link_status:up"))
                        && nodes.stream().allMatch(node -> owners(node).size() == PRIMARIES),
                "do not become a cluster");
    }

    /** All six, without a password. */
    public static TestRedisCluster started() {
        return started(TestRedis.builder());
    }

    /** All six; each has the settings of {@code node}. */
    public static TestRedisCluster started(TestRedis.Builder node) {
        return new TestRedisCluster(node);
    }

    /** The numeric loopback address that all listen on. */
    public String host() {
        return TestRedis.HOST;
    }

    /** The six servers: first those that began as primaries. */
    public List<TestRedis> nodes() {
        return List.copyOf(nodes);
    }

    /** The slot of a key. */
    public int slotOf(String key) {
        return Integer.parseInt(alive().admin().text("CLUSTER", "KEYSLOT", key));
    }

    /** The primary that has the slot of this key, as a live node knows it. */
    public TestRedis primaryOf(String key) {
        int slot = slotOf(key);
        return owners(alive()).entrySet().stream()
                .filter(owner -> owner.getValue().contains(slot))
                .map(owner -> node(owner.getKey()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("slot " + slot + " has no primary"));
    }

    /**
     * Gives the slot of this key, with all keys in it, to another primary: the one with the fewest slots. Clients meet ASK and MOVED.
     *
     * @return the new primary of the key
     */
    public TestRedis moveSlot(String key) {
        TestRedis from = primaryOf(key);
        TestRedis to = owners(alive()).entrySet().stream()
                .filter(owner -> node(owner.getKey()) != from)
                .min(Comparator.comparingInt(owner -> owner.getValue().size()))
                .map(owner -> node(owner.getKey()))
                .orElseThrow();
        String slot = String.valueOf(slotOf(key));
        to.admin().ask("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
        from.admin().ask("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
        for (List<Object> keys = keysIn(from, slot); !keys.isEmpty(); keys = keysIn(from, slot)) {
            List<String> command = new ArrayList<>(List.of(
                    "MIGRATE", to.host(), String.valueOf(to.port()), "", "0", "5000", "AUTH2", RedisAdmin.USER));
            command.addAll(List.of(TestRedis.ADMIN_PASSWORD, "KEYS"));
            keys.forEach(one -> command.add(one.toString()));
            from.admin().ask(command.toArray(String[]::new));
        }
        to.admin().ask("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        from.admin().ask("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        return to;
    }

    private static List<Object> keysIn(TestRedis node, String slot) {
        return node.admin().list("CLUSTER", "GETKEYSINSLOT", slot, "100");
    }

    /** Kills the primary of this key and waits until its replica has taken over. Returns the replica. */
    public TestRedis failOver(String key) {
        TestRedis old = primaryOf(key);
        old.kill();
        require(() -> primaryOf(key) != old && says(alive(), "cluster_state:ok"), "do not replace " + old);
        return primaryOf(key);
    }

    /** Kills the primary of this key and every node that could replace it: the others answer CLUSTERDOWN. Returns those that it killed. */
    public List<TestRedis> killPart(String key) {
        TestRedis primary = primaryOf(key);
        String id = id(primary);
        List<TestRedis> part = nodes.stream()
                .filter(TestRedis::isRunning)
                .filter(node -> node == primary
                        || node.admin()
                                .text("CLUSTER", "NODES")
                                .lines()
                                .anyMatch(line -> line.contains("myself") && line.contains(id)))
                .toList();
        part.forEach(TestRedis::kill);
        require(
                () -> nodes.stream().filter(TestRedis::isRunning).allMatch(node -> says(node, "cluster_state:fail")),
                "go on without a part of the keys");
        return part;
    }

    /** Starts all nodes that do not run, and waits until the cluster serves all keys. */
    public void startAll() {
        nodes.stream().filter(node -> !node.isRunning()).forEach(TestRedis::start);
        require(() -> nodes.stream().allMatch(node -> says(node, "cluster_state:ok")), "do not recover");
    }

    /** The slots of each primary by the port of the primary, as one node sees them. */
    private static Map<Integer, Set<Integer>> owners(TestRedis node) {
        return node.admin().list("CLUSTER", "SLOTS").stream()
                .map(range -> (List<?>) range)
                .collect(Collectors.toMap(
                        range -> Integer.valueOf(((List<?>) range.get(2)).get(1).toString()),
                        range -> IntStream.rangeClosed(
                                        Integer.parseInt(range.get(0).toString()),
                                        Integer.parseInt(range.get(1).toString()))
                                .boxed()
                                .collect(Collectors.toSet()),
                        (one, more) -> {
                            one.addAll(more);
                            return one;
                        }));
    }

    private TestRedis node(int port) {
        return nodes.stream()
                .filter(node -> node.port() == port)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node on port " + port));
    }

    private TestRedis alive() {
        return nodes.stream()
                .filter(TestRedis::isRunning)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node runs"));
    }

    private static String id(TestRedis node) {
        return node.admin().text("CLUSTER", "MYID");
    }

    private static boolean says(TestRedis node, String line) {
        return node.admin().text("CLUSTER", "INFO").contains(line);
    }

    private void require(BooleanSupplier condition, String otherwise) {
        if (!Waiting.until(condition, LIMIT)) {
            throw new IllegalStateException(
                    "the nodes " + otherwise + "; one of them logged:\n  " + String.join("\n  ", alive().log()));
        }
    }

    @Override
    public void close() {
        nodes.forEach(TestRedis::close);
    }
}
