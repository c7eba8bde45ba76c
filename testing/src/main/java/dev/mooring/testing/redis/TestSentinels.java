package dev.mooring.testing.redis;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Waiting;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A primary with a replica, and three Sentinels that watch them and make the replica a primary within about five seconds after the primary
 * died. Two Sentinels have to agree. {@link #close()} ends the five processes; so does the end of this JVM. Thread-safe.
 */
public final class TestSentinels implements AutoCloseable {
    /** The name under which the Sentinels know the primary. */
    public static final String MASTER = "mooring-primary";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<TestRedis> servers = new ArrayList<>();
    private final List<RedisProcess> sentinels = new ArrayList<>();
    private final List<RedisAdmin> admins = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final Optional<String> password;

    private TestSentinels(TestRedis.Builder server, Optional<String> password) {
        this.password = password;
        try {
            servers.add(server.start());
            servers.add(server.start());
            servers.get(1).follow(servers.get(0));
            for (int number = 0; number < 3; number++) {
                startSentinel(servers.get(0).port());
            }
            if (!Waiting.until(this::allKnowEachOther, LIMIT)) {
                throw new IllegalStateException("the Sentinels do not know each other; one of them logged:\n  "
                        + String.join("\n  ", sentinels.get(0).log()));
            }
        } catch (RuntimeException | AssertionError notStarted) {
            close();
            throw notStarted;
        }
    }

    private void startSentinel(int primary) {
        Path home = Workplace.newHome();
        int port = FreePort.choose();
        RedisProcess sentinel = new RedisProcess(RedisPrograms.chosen(), home, port, List.of("--sentinel"));
        sentinels.add(sentinel);
        ports.add(port);
        admins.add(new RedisAdmin(TestRedis.HOST, port, TestRedis.ADMIN_PASSWORD));
        List<String> lines = new ArrayList<>(List.of(
                "bind " + TestRedis.HOST,
                "port " + port,
                "dir " + home,
                "sentinel monitor " + MASTER + " " + TestRedis.HOST + " " + primary + " 2",
                "sentinel down-after-milliseconds " + MASTER + " 1000",
                "sentinel failover-timeout " + MASTER + " 1500",
                "sentinel auth-user " + MASTER + " " + RedisAdmin.USER,
                "sentinel auth-pass " + MASTER + " " + TestRedis.ADMIN_PASSWORD,
                "user " + RedisAdmin.USER + " on >" + TestRedis.ADMIN_PASSWORD + " ~* &* +@all",
                "sentinel sentinel-user " + RedisAdmin.USER,
                "sentinel sentinel-pass " + TestRedis.ADMIN_PASSWORD));
        password.ifPresent(secret -> lines.add("requirepass " + secret));
        sentinel.start(lines);
    }

    private boolean allKnowEachOther() {
        return admins.stream()
                .allMatch(sentinel -> sentinel.list("SENTINEL", "REPLICAS", MASTER)
                                        .size()
                                == 1
                        && sentinel.list("SENTINEL", "SENTINELS", MASTER).size() == 2);
    }

    /** All five, without a password. */
    public static TestSentinels started() {
        return started(TestRedis.builder());
    }

    /** All five; the servers have the settings of {@code server}. Sentinels ask for no password. */
    public static TestSentinels started(TestRedis.Builder server) {
        return new TestSentinels(server, Optional.empty());
    }

    /** The same with Sentinels that ask for this password. */
    public static TestSentinels started(TestRedis.Builder server, String password) {
        return new TestSentinels(server, Optional.of(password));
    }

    /** The numeric loopback address that all listen on. */
    public String host() {
        return TestRedis.HOST;
    }

    /** The ports of the Sentinels. */
    public List<Integer> ports() {
        return List.copyOf(ports);
    }

    /** The server that a Sentinel calls the primary. */
    public TestRedis primary() {
        String port = alive().list("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER)
                .get(1)
                .toString();
        return servers.stream()
                .filter(server -> String.valueOf(server.port()).equals(port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the Sentinels know no primary; they say port " + port));
    }

    /** The other server. */
    public TestRedis replica() {
        TestRedis primary = primary();
        return servers.stream().filter(server -> server != primary).findFirst().orElseThrow();
    }

    /** Makes the replica the primary, both alive. Returns it, when all Sentinels know and the old primary follows. */
    public TestRedis failOver() {
        TestRedis old = primary();
        alive().ask("SENTINEL", "FAILOVER", MASTER);
        TestRedis next = awaitAnotherPrimary(old);
        // The Sentinels would do it too, after eight seconds.
        old.follow(next);
        return next;
    }

    /** Waits for the end of a failover that {@code old} caused, because the test killed or froze it. Returns the new primary. */
    public TestRedis awaitAnotherPrimary(TestRedis old) {
        String before = String.valueOf(old.port());
        boolean changed = Waiting.until(
                () -> admins.stream().noneMatch(sentinel -> isPrimary(sentinel, before))
                        && primary().admin().await("role:master", Duration.ofSeconds(1), "INFO", "replication"),
                LIMIT);
        if (!changed) {
            throw new IllegalStateException(old + " is still the primary; a Sentinel logged:\n  "
                    + String.join("\n  ", sentinels.get(0).log()));
        }
        return primary();
    }

    private static boolean isPrimary(RedisAdmin sentinel, String port) {
        try {
            return sentinel.list("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER)
                    .get(1)
                    .equals(port);
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    private RedisAdmin alive() {
        for (int index = 0; index < sentinels.size(); index++) {
            if (sentinels.get(index).isRunning()) {
                return admins.get(index);
            }
        }
        throw new IllegalStateException("no Sentinel runs");
    }

    /** Kills one of the Sentinels. */
    public void killSentinel(int index) {
        sentinels.get(index).running().kill();
    }

    /** Freezes one of the Sentinels (SIGSTOP), until the end: a thawed one would not act for half a minute. */
    public void freezeSentinel(int index) {
        sentinels.get(index).running().freeze();
    }

    @Override
    public void close() {
        sentinels.forEach(RedisProcess::end);
        servers.forEach(TestRedis::close);
    }
}
