package dev.mooring.benchmarks.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.messages.MessagesSchema;
import dev.mooring.postgres.Migrations;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code ./benchmarks/run outbox}: what a message costs a transaction, how fast a relay takes 100,000 waiting messages away, and how fast
 * while as many come in as clients can add; ours, db-scheduler and pgbench in turn, on one server, in one run.
 */
public final class OutboxComparison {
    private static final int WAITING = 100_000;
    private static final int KEYS = 1_000;
    private static final int CLIENTS = 8;
    private static final Duration LASTS = Duration.ofSeconds(4);
    private static final Duration WARM = Duration.ofSeconds(2);
    private static final int TURNS = 3;
    private static final Callable<Double> NONE = () -> Double.NaN;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** The application's own row; prepared in Java as in pgbench. */
    private static final String ROW = "insert into work (content) values ('a row')";

    private static final String PAYLOAD = "{\"name\": \"model\", \"version\": 1}";
    /** As if clients had added them one by one. */
    private static final String FILL = """
            insert into mooring.outbox (message_id, destination, ordering_key, type, payload, leads, ready_at, due_at)
            select gen_random_uuid(), 'queue', 'key-' || i %% 1000, 'model.registered', '{"name": "model", "version": 1}', i < 1000,
                   clock_timestamp(), clock_timestamp()
            from generate_series(0, %d - 1) i""";

    private static final Queue OURS = new MooringQueue(200, 3);
    private static final Queue SINGLE = new MooringQueue(1, 8);
    private static final Queue PEER = new DbSchedulerQueue(20, 1.0, 4.0);

    private final TestPostgres server;
    private int databases;

    private OutboxComparison(TestPostgres server) {
        this.server = server;
    }

    /** Measures all and prints the table. */
    public static void main(String[] arguments) throws Exception {
        try (TestPostgres server = TestPostgres.builder()
                .setting("shared_buffers", "256MB")
                .setting("max_wal_size", "4GB")
                .start()) {
            new OutboxComparison(server).run();
        }
    }

    private void run() throws Exception {
        System.out.printf(
                "| what, per second | mooring | db-scheduler | pgbench | ours / db-scheduler | ours / pgbench |%n"
                        + "| --- | --- | --- | --- | --- | --- |%n");
        row(
                "transactions without a message",
                TURNS,
                () -> append(OURS, false),
                () -> append(PEER, false),
                () -> pgbench(PgbenchRun.PLAIN, 0));
        row(
                "transactions with a message",
                TURNS,
                () -> append(OURS, true),
                () -> append(PEER, true),
                () -> pgbench(PgbenchRun.APPEND, 0));
        row(
                "of 100,000 waiting messages",
                TURNS,
                () -> catchUp(OURS),
                () -> catchUp(PEER),
                () -> pgbench(PgbenchRun.DELIVER, WAITING));
        row(
                "the same, one message at a time",
                TURNS,
                () -> catchUp(SINGLE),
                () -> catchUp(PEER),
                () -> pgbench(PgbenchRun.DELIVER, WAITING));
        row("delivered while 8 clients add", TURNS, () -> both(OURS), () -> both(PEER), NONE);
    }

    /**
     * Measures all in turn, several times, and prints the medians. In the first turn the JVM still compiles what the second one runs
     * compiled, so three turns give a warm median.
     */
    private static void row(
            String what, int turns, Callable<Double> ours, Callable<Double> peer, Callable<Double> pgbench)
            throws Exception {
        List<Callable<Double>> all = List.of(ours, peer, pgbench);
        List<List<Double>> figures = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < all.size(); i++) {
                figures.get(i).add(all.get(i).call());
            }
        }
        System.err.println(what + ", each turn: " + figures);
        row(what, median(figures.get(0)), median(figures.get(1)), median(figures.get(2)));
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static void row(String what, double ours, double peer, double pgbench) {
        System.out.printf(
                "| %s | %s | %s | %s | %s | %s |%n",
                what,
                number("%.0f", ours),
                number("%.0f", peer),
                number("%.0f", pgbench),
                number("%.2f", ours / peer),
                number("%.2f", ours / pgbench));
        System.out.flush();
    }

    /** Empty for what was not measured. */
    private static String number(String form, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, form, value);
    }

    /** A new database with the tables of all. */
    private Database database() throws SQLException {
        String name = "outbox_" + ++databases;
        server.admin().createDatabase(name);
        Migrations.of("mooring", MessagesSchema.SCRIPTS).run(server.admin().dataSource(name));
        server.admin().execute(name, DbSchedulerQueue.TABLES);
        server.admin()
                .execute(name, "create table work (id bigint generated always as identity primary key, content text)");
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(server.admin().dataSource(name));
        pool.setMaximumPoolSize(CLIENTS + 24);
        pool.setMinimumIdle(0);
        return new Database(name, pool);
    }

    private record Database(String name, HikariDataSource pool) implements AutoCloseable {
        @Override
        public void close() {
            pool.close();
        }
    }

    private double pgbench(String script, int waiting) throws Exception {
        try (Database database = database()) {
            if (waiting > 0) {
                fill(database, OURS, waiting);
            }
            return new PgbenchRun(server, database.name()).perSecond(script, CLIENTS, LASTS);
        }
    }

    /** Transactions a second, each with a row of its own and, if asked for, a message; nothing takes the messages away. */
    private double append(Queue queue, boolean withMessage) throws Exception {
        try (Database database = database()) {
            long warm = add(database, queue, withMessage, WARM, Long.MAX_VALUE);
            long added = add(database, queue, withMessage, LASTS, Long.MAX_VALUE);
            assert warm >= 0;
            return added / (double) LASTS.toSeconds();
        }
    }

    private double catchUp(Queue queue) throws Exception {
        try (Database database = database()) {
            fill(database, queue, WAITING);
            CountDownLatch all = new CountDownLatch(1);
            AtomicLong done = new AtomicLong();
            long begun = System.nanoTime();
            try (AutoCloseable running = queue.begin(database.pool(), count -> {
                if (done.addAndGet(count) >= WAITING) {
                    all.countDown();
                }
            })) {
                if (!all.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    System.err.println(queue.name() + " took more than " + PATIENCE + " for " + running);
                }
            }
            return done.get() * 1e9 / (System.nanoTime() - begun);
        }
    }

    /** Pieces of work done a second while clients add as many as they can. */
    private double both(Queue queue) throws Exception {
        try (Database database = database()) {
            AtomicLong done = new AtomicLong();
            try (AutoCloseable running = queue.begin(database.pool(), done::addAndGet)) {
                long warm = add(database, queue, true, WARM, Long.MAX_VALUE);
                long before = done.get();
                long added = add(database, queue, true, LASTS, Long.MAX_VALUE);
                System.err.println(queue.name() + ": " + added + " added, " + (done.get() - before)
                        + " done, of those before " + warm + ", " + running);
                return (done.get() - before) / (double) LASTS.toSeconds();
            }
        }
    }

    private void fill(Database database, Queue queue, int messages) throws Exception {
        if (queue instanceof MooringQueue) {
            server.admin().execute(database.name(), FILL.formatted(messages));
        } else if (add(database, queue, true, PATIENCE, messages) < messages) {
            throw new IllegalStateException("fewer than " + messages + " were added");
        }
        server.admin().execute(database.name(), "analyze");
    }

    /** Adds until the time is over or enough are added; how many were. */
    private static long add(Database database, Queue queue, boolean withMessage, Duration lasts, long most)
            throws Exception {
        AtomicLong tickets = new AtomicLong();
        AtomicLong added = new AtomicLong();
        long end = System.nanoTime() + lasts.toNanos();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(clients.submit(() -> {
                    try (Connection connection = database.pool().getConnection();
                            PreparedStatement row = connection.prepareStatement(ROW)) {
                        connection.setAutoCommit(false);
                        Queue.Adding adding = queue.adding(connection);
                        long ticket;
                        while (System.nanoTime() < end && (ticket = tickets.incrementAndGet()) <= most) {
                            row.executeUpdate();
                            if (withMessage) {
                                adding.add(UUID.randomUUID(), "key-" + ticket % KEYS, PAYLOAD);
                            }
                            connection.commit();
                            added.incrementAndGet();
                        }
                        connection.setAutoCommit(true);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            return added.get();
        } finally {
            clients.shutdownNow();
        }
    }
}
