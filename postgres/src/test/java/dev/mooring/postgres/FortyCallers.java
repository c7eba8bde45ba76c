package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Forty callers of a pool, each of which asks again 20 ms after its last answer. */
final class FortyCallers implements AutoCloseable {
    private static final int COUNT = 40;
    private static final long PAUSE = Duration.ofMillis(20).toNanos();

    private final Given given;
    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    private enum End {
        SERVED,
        REFUSED,
        FAILED
    }

    private record Call(long begun, long ended, End end) {}

    FortyCallers(Given given) {
        this.given = given;
        for (int i = 0; i < COUNT; i++) {
            threads.execute(this::callAndCall);
        }
    }

    private void callAndCall() {
        while (!threads.isShutdown()) {
            long begun = System.nanoTime();
            End end = call();
            calls.add(new Call(begun, System.nanoTime(), end));
            LockSupport.parkNanos(PAUSE);
        }
    }

    private End call() {
        Connection connection;
        try {
            connection = given.dataSource().getConnection();
        } catch (SQLException refused) {
            return End.REFUSED;
        }
        try (connection) {
            return Given.ask(connection, "select 'well' from pg_sleep(0.005)").equals("well") ? End.SERVED : End.FAILED;
        } catch (SQLException failed) {
            return End.FAILED;
        }
    }

    private Stream<Call> of(End end) {
        return calls.stream().filter(call -> call.end() == end);
    }

    /** How many calls were served so far. */
    long served() {
        return of(End.SERVED).count();
    }

    /** The longest wait of a caller that got no connection, of those that began between these two nanoseconds. */
    Duration longestRefusal(long from, long to) {
        return Duration.ofNanos(of(End.REFUSED)
                .filter(call -> call.begun() - from >= 0 && call.begun() - to < 0)
                .mapToLong(call -> call.ended() - call.begun())
                .max()
                .orElse(0));
    }

    /** How long after this nanosecond a call was served for the first time. */
    Duration firstServedAfter(long moment) {
        return Duration.ofNanos(of(End.SERVED)
                .mapToLong(call -> call.ended() - moment)
                .filter(after -> after > 0)
                .min()
                .orElseThrow());
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a caller waits for ever");
        }
    }
}
