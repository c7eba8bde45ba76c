package dev.mooring.testing.redis;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.tls.SelfSigned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server of the test's own, which the test can break. It gets its port when it is created, and keeps port and data over every stop,
 * start and kill.
 *
 * <p>Every call returns when its effect is complete. A call in a wrong state (start a running server, stop a stopped one) throws an
 * {@link IllegalStateException}. Thread-safe; calls wait for each other. {@link #close()} ends the process and deletes its files; so does
 * the end of this JVM, however it ends.
 */
public final class TestRedis implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    /** Random, so that no test depends on it; every server of this JVM has it, so that replicas can follow. */
    static final String ADMIN_PASSWORD = "admin-" + UUID.randomUUID();

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int KEYS = 100_000;
    private static final int MICROSECONDS_FOR_A_KEY = 100;

    private final RedisPrograms programs;
    private final int port;
    /** The port without TLS, which the administrator uses. */
    private final int plainPort;

    private final Path home = Workplace.newHome();
    private final RedisAdmin admin;
    private final Map<String, String> settings;
    /** The rules of each user, as {@code ACL SETUSER} takes them. */
    private final Map<String, String> users;

    private final @Nullable SelfSigned certificate;

    /** Guarded by the lock of this object, like every change of the server's state. */
    private final RedisProcess process;

    private TestRedis(Builder wanted) {
        programs = wanted.programs.orElseGet(RedisPrograms::chosen);
        port = wanted.port.orElseGet(FreePort::choose);
        plainPort = wanted.tls ? FreePort.choose() : port;
        admin = new RedisAdmin(HOST, plainPort, ADMIN_PASSWORD);
        settings = new LinkedHashMap<>(wanted.settings);
        users = new LinkedHashMap<>(wanted.users);
        certificate = wanted.tls ? SelfSigned.in(home) : null;
        process = new RedisProcess(programs, home, plainPort, List.of());
    }

    /** A running server without a password. */
    public static TestRedis started() {
        return builder().start();
    }

    /** Builds a server with settings of the test. */
    public static Builder builder() {
        return new Builder();
    }

    /** The numeric loopback address that the server listens on. */
    public String host() {
        return HOST;
    }

    /** The port that the server listens on when it runs; with TLS if the server was built with it. */
    public int port() {
        return port;
    }

    /** Its address without credentials: {@code redis://127.0.0.1:port}, or {@code rediss://…} with TLS. */
    public String url() {
        return (certificate == null ? "redis://" : "rediss://") + HOST + ":" + port;
    }

    /** Acts on this server as a user who may do everything. */
    public RedisAdmin admin() {
        return admin;
    }

    /**
     * The server's certificate as a PEM file, for clients to trust.
     *
     * @throws IllegalStateException if the server was built without TLS
     */
    public Path certificate() {
        if (certificate == null) {
            throw new IllegalStateException("this server has no certificate; build it with tls()");
        }
        return certificate.certificate();
    }

    /** Whether the process of the server exists, frozen or not. */
    public synchronized boolean isRunning() {
        return process.isRunning();
    }

    /** The lines that the server logged, over all starts. */
    public synchronized List<String> log() {
        return process.log();
    }

    /** Starts the server; returns when it answers. */
    public synchronized void start() {
        process.start(configuration());
        require(admin.await("PONG", LIMIT, "PING"), "did not answer");
    }

    /** Stops the server with a shutdown. */
    public synchronized void stop() {
        process.stop();
    }

    /** Stops the server and starts it again on the same port and data. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Ends the server with SIGKILL; what it acknowledged is there after the next start. */
    public synchronized void kill() {
        process.running().kill();
    }

    /** Freezes the server (SIGSTOP): the kernel accepts connections, and the server does not answer. */
    public synchronized void freeze() {
        process.running().freeze();
    }

    /** Continues the server after {@link #freeze()}. */
    public synchronized void thaw() {
        process.running().thaw();
    }

    /** Makes the server refuse every command that needs memory, with OOM. */
    public synchronized void fillMemory() {
        admin.configure("maxmemory-policy", "noeviction");
        admin.configure("maxmemory", "1");
    }

    /** Ends {@link #fillMemory()}. */
    public synchronized void freeMemory() {
        admin.configure("maxmemory", "0");
    }

    /** Makes the server a replica: it refuses writes with READONLY. Returns when it has the primary's data. */
    public synchronized void follow(TestRedis primary) {
        admin.ask("REPLICAOF", primary.host(), String.valueOf(primary.plainPort));
        require(
                admin.await("master_link_status:up", LIMIT, "INFO", "replication")
                        && primary.admin.await("state=online", LIMIT, "INFO", "replication"),
                "does not follow " + primary);
    }

    /** Whether this primary sends what it writes to a replica already. */
    boolean hasReplica() {
        return admin.text("INFO", "replication").contains("state=online");
    }

    /** Makes a replica a primary. */
    public synchronized void promote() {
        admin.ask("REPLICAOF", "NO", "ONE");
    }

    /** Changes the password of the default user, for log-ins from now on; the next start keeps it. */
    public synchronized void changePassword(String password) {
        setUser("default", password, "~* &* +@all");
    }

    /** Creates or changes a user; the next start keeps it. {@code rules} are those of {@code ACL SETUSER}: {@code "~* +@read"}. */
    public synchronized void setUser(String name, String password, String rules) {
        String all = rulesOf(password, rules);
        users.put(name, all);
        if (process.isRunning()) {
            List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", name));
            command.addAll(List.of(all.split(" ")));
            admin.ask(command.toArray(String[]::new));
        }
    }

    /** Ends the connections of a user: a log-in comes next. */
    public synchronized void disconnect(String user) {
        admin.ask("CLIENT", "KILL", "USER", user);
    }

    /** Kills the server and starts it with many keys to load: it answers LOADING until {@link #finishLoading()}, or for 15 s. */
    public synchronized void restartLoading() {
        eachKey("redis.call('SET', 'mooring-testing:' .. i, 'x')");
        kill();
        List<String> slow = new ArrayList<>(configuration());
        slow.add("key-load-delay " + MICROSECONDS_FOR_A_KEY);
        process.start(slow);
        require(admin.await("loading:1", LIMIT, "INFO", "persistence"), "does not load");
    }

    /** Ends {@link #restartLoading()}: kills the server and starts it as usual, with the data from before. */
    public synchronized void finishLoading() {
        // Redis 6 refuses to change its settings while it loads.
        kill();
        start();
        eachKey("redis.call('DEL', 'mooring-testing:' .. i)");
    }

    private void eachKey(String command) {
        admin.ask("EVAL", "for i = 1, tonumber(ARGV[1]) do " + command + " end", "0", String.valueOf(KEYS));
    }

    /** Ends the server in any state and deletes its files. */
    @Override
    public synchronized void close() {
        process.end();
    }

    @Override
    public String toString() {
        return programs.description() + " on " + HOST + ":" + port;
    }

    private List<String> configuration() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("bind", HOST);
        all.put("port", String.valueOf(plainPort));
        all.put("dir", home.toString());
        // A write reaches the kernel before its answer, so a killed server keeps it; with fsync it may wait for the
        // last one.
        all.put("appendonly", "yes");
        all.put("appendfsync", "no");
        all.put("save", "\"\"");
        all.put("masteruser", RedisAdmin.USER);
        all.put("masterauth", ADMIN_PASSWORD);
        all.put("repl-diskless-sync", "yes");
        all.put("repl-diskless-sync-delay", "0");
        if (certificate != null) {
            all.put("tls-port", String.valueOf(port));
            all.put("tls-cert-file", certificate.certificate().toString());
            all.put("tls-key-file", certificate.key().toString());
            all.put("tls-ca-cert-file", certificate.certificate().toString());
            all.put("tls-auth-clients", "no");
        }
        all.putAll(settings);
        List<String> lines = new ArrayList<>();
        all.forEach((name, value) -> lines.add(name + " " + value));
        lines.add("user " + RedisAdmin.USER + " on >" + ADMIN_PASSWORD + " ~* &* +@all");
        users.forEach((name, rules) -> lines.add("user " + name + " " + rules));
        return lines;
    }

    private static String rulesOf(String password, String rules) {
        return "reset on >" + password + " " + rules;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(this + " " + otherwise + "; it logged:\n  " + String.join("\n  ", log()));
        }
    }

    /** Builds a server. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Map<String, String> users = new LinkedHashMap<>();
        private Optional<RedisPrograms> programs = Optional.empty();
        private Optional<Integer> port = Optional.empty();
        private boolean tls;

        private Builder() {}

        /** Sets which Redis runs; by default {@link RedisPrograms#chosen()}. */
        public Builder programs(RedisPrograms which) {
            programs = Optional.of(which);
            return this;
        }

        /** Sets the port; by default a free one. */
        public Builder port(int which) {
            port = Optional.of(which);
            return this;
        }

        /** Sets the password of the default user; without it the server asks for none. */
        public Builder password(String password) {
            return user("default", password, "~* &* +@all");
        }

        /** Adds a user with the rules of {@code ACL SETUSER}. */
        public Builder user(String name, String password, String rules) {
            users.put(name, rulesOf(password, rules));
            return this;
        }

        /** Sets any other setting of {@code redis.conf}. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** Makes the server ask for TLS, with a certificate for localhost and 127.0.0.1. */
        public Builder tls() {
            tls = true;
            return this;
        }

        /** Creates the server without starting it, for one that starts late. */
        public TestRedis create() {
            return new TestRedis(this);
        }

        /** Creates and starts the server. */
        public TestRedis start() {
            TestRedis server = create();
            try {
                server.start();
                return server;
            } catch (RuntimeException | AssertionError notStarted) {
                server.close();
                throw notStarted;
            }
        }
    }
}
