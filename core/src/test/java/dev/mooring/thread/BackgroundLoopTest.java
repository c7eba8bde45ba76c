package dev.mooring.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every background thread of ours promises, tested once. */
class BackgroundLoopTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    static List<Throwable> failures() {
        return List.of(
                new IllegalStateException("a bug"),
                new Exception("checked"),
                new StackOverflowError(),
                new NoClassDefFoundError("dev/example/Missing"),
                new InternalError("a fault in a file that the JVM maps"),
                new InterruptedException());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void loop_whoseStepFails_takesTheNextStep(Throwable failure) {
        AtomicInteger steps = new AtomicInteger();
        try (BackgroundLoop loop = BackgroundLoop.start("mooring-test", failing(steps, failure))) {
            await().atMost(Duration.ofSeconds(5)).until(() -> steps.get() >= 3);
            assertThat(loop.isEnding()).isFalse();
        }
    }

    @Test
    void loop_whoseStepReturnsNull_takesTheNextStep() {
        AtomicInteger steps = new AtomicInteger();
        try (BackgroundLoop loop = BackgroundLoop.start("mooring-test", returningNull(steps))) {
            await().atMost(Duration.ofSeconds(5)).until(() -> steps.get() >= 2);
            assertThat(loop.isEnding()).isFalse();
        }
    }

    @SuppressWarnings("NullAway") // Code without its checks returns null.
    private static BackgroundLoop.Step returningNull(AtomicInteger steps) {
        return () -> {
            steps.incrementAndGet();
            return null;
        };
    }

    @Test
    void loop_whoseStepWantsToRestForEver_restsAndCanBeWoken() {
        AtomicInteger steps = new AtomicInteger();
        try (BackgroundLoop loop = BackgroundLoop.start("mooring-test", () -> {
            steps.incrementAndGet();
            return Duration.ofSeconds(Long.MAX_VALUE);
        })) {
            await().atMost(Duration.ofSeconds(5)).until(() -> steps.get() == 1);
            loop.wake();
            await().atMost(Duration.ofSeconds(5)).until(() -> steps.get() == 2);
        }
    }

    @Test
    void loop_whoseStepFindsNoMemory_tellsTheDefaultHandlerOfTheProcess() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Queue<Throwable> told = new ConcurrentLinkedQueue<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> told.add(error));
        OutOfMemoryError full = new OutOfMemoryError("Java heap space");
        try (BackgroundLoop loop = BackgroundLoop.start("mooring-test", failing(new AtomicInteger(), full))) {
            // Awaitility has a handler of its own otherwise.
            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(5)).until(() -> told.size() > 2);
            assertThat(told).containsOnly(full);
            assertThat(loop.isEnding()).isFalse();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void outOfMemory_behindAnotherException_isFound_andAThreadThatDidNotStartIsNone() {
        assertThat(OutOfMemory.isBehind(new IllegalStateException(new OutOfMemoryError("Java heap space"))))
                .isTrue();
        assertThat(OutOfMemory.isBehind(new OutOfMemoryError("unable to create native thread: possibly out of memory")))
                .isFalse();
        assertThat(OutOfMemory.isBehind(new StackOverflowError())).isFalse();
    }

    @Test
    void loop_thatRests_isWokenAndTakesAStepAtOnce() {
        AtomicInteger steps = new AtomicInteger();
        try (BackgroundLoop loop = BackgroundLoop.start("mooring-test", () -> {
            steps.incrementAndGet();
            return LONG;
        })) {
            await().atMost(Duration.ofSeconds(5)).until(() -> steps.get() == 1);
            loop.wake();
            await().atMost(Duration.ofSeconds(5)).until(() -> steps.get() == 2);
        }
    }

    /** A lock, a queue or a pool that a step waits for parks the thread too, and takes the permit that the call gave. */
    @Test
    void loop_thatIsWokenInAStepThatWaitsForSomething_takesAnotherStepAtOnce() {
        AtomicInteger steps = new AtomicInteger();
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(1);
        try (BackgroundLoop loop = BackgroundLoop.start("mooring-test", () -> {
            if (steps.incrementAndGet() == 1) {
                inStep.countDown();
                woken.await();
                LockSupport.parkNanos(1);
            }
            return Duration.ofMinutes(1);
        })) {
            await().atMost(Duration.ofSeconds(5)).until(() -> inStep.getCount() == 0);
            loop.wake();
            woken.countDown();
            await().atMost(Duration.ofSeconds(5)).until(() -> steps.get() == 2);
        }
    }

    @Test
    void loop_thatIsEnded_endsItsThread() {
        BackgroundLoop loop = BackgroundLoop.start("mooring-test-end", () -> LONG);
        assertThat(threads("mooring-test-end")).isEqualTo(1);
        loop.end();
        assertThat(loop.awaitEnd(Duration.ofSeconds(5))).isTrue();
        assertThat(threads("mooring-test-end")).isZero();
    }

    @Test
    void loop_whoseStepBlocks_isInterruptedWhenItIsClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        BackgroundLoop loop = BackgroundLoop.start("mooring-test", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            return LONG;
        });
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        loop.close();
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.awaitEnd(Duration.ofSeconds(5))).isTrue();
    }

    private static BackgroundLoop.Step failing(AtomicInteger steps, Throwable failure) {
        Callable<Duration> thrower = () -> {
            steps.incrementAndGet();
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
        return thrower::call;
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }
}
