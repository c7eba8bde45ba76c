package dev.mooring.applications.harness;

import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Tries one kind of application, with or without the starter, in one situation after another. Not thread-safe. */
public final class Trial implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_END = Duration.ofMinutes(1);
    private static final Duration LONGEST_WORK = Duration.ofSeconds(40);
    /** How long a test waits for an answer that users would not wait for either. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** For starts, which are all work and no waiting: more of them at once would only disturb what the others measure. */
    static final Semaphore STARTS = new Semaphore(2);

    private static final Queue<Future<?>> ENDINGS = new ConcurrentLinkedQueue<>();

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();

    private final Kind kind;
    private final Variant variant;
    private final Database database;
    private @Nullable Running running;

    public Trial(TestPostgres server, Kind kind, Variant variant, Duration distance) {
        this.kind = kind;
        this.variant = variant;
        this.database = Database.on(server, kind, distance);
    }

    /** The application's database. */
    public Database database() {
        return database;
    }

    /** Starts the application, with these properties besides its own. */
    public Timed<String> start(String... properties) throws InterruptedException {
        STARTS.acquire();
        try {
            return Timed.call(LONGEST_START, () -> {
                running = Running.start(kind, variant, database, properties);
                return "started";
            });
        } finally {
            STARTS.release();
        }
    }

    /** Waits until the application is ready, and says how long that took. */
    public Timed<String> becomeReady() throws InterruptedException {
        return until(LONGEST_WORK, () -> !kind.isWeb() || readiness() == 200);
    }

    /** Waits until the application says that it is not ready, and says how long that took. */
    public Timed<String> becomeUnready(Duration limit) throws InterruptedException {
        return until(limit, () -> readiness() == 503);
    }

    /** Begins calls of many callers. */
    Load load(int callers) {
        return new Load(app(), callers);
    }

    /** Waits until the application does its work, and says how long that took. */
    public Timed<String> work() throws InterruptedException {
        return until(LONGEST_WORK, () -> {
            app().names();
            return true;
        });
    }

    /** One request of a user during an outage. */
    public Timed<List<String>> request() throws InterruptedException {
        return Timed.call(PATIENCE, () -> app().names());
    }

    /** All that a user could notice. */
    public Timed<Map<String, String>> answers() throws InterruptedException {
        return Timed.call(LONGEST_WORK, () -> Answers.of(app()));
    }

    private int readiness() throws Exception {
        return Running.send(app().request("/actuator/health/readiness")).statusCode();
    }

    private Running app() {
        return Optional.ofNullable(running).orElseThrow(() -> new IllegalStateException(kind + " does not run"));
    }

    private static Timed<String> until(Duration limit, Callable<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        return Timed.call(limit.plusSeconds(1), () -> {
            while (System.nanoTime() - end < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1;
                Timed<Boolean> look = Timed.call(Duration.ofMillis(left), condition);
                if (look.result().orElse(false)) {
                    return "so";
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            throw new IllegalStateException("not within " + limit);
        });
    }

    /** Begins to end the application, then its database; {@link #awaitEnds} waits. */
    @Override
    public void close() {
        Running ending = running;
        ENDINGS.add(Timed.later(() -> {
            if (ending != null) {
                ending.close();
            }
            database.close();
        }));
    }

    /**
     * Waits for the ends of all applications that were closed.
     *
     * @throws AssertionError if one of them failed or took longer than a minute
     */
    public static void awaitEnds() throws InterruptedException {
        for (Future<?> ending : ENDINGS) {
            try {
                ending.get(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException failed) {
                throw new AssertionError("an application did not end as it should", failed);
            }
        }
        ENDINGS.clear();
    }
}
