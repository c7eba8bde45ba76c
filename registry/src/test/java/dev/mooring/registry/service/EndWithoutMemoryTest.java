package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.process.ChildProcess;
import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that was started without the JVM's option ends all the same when its memory is full, and for nothing else. */
@Timeout(60)
class EndWithoutMemoryTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Where the error is thrown. */
    enum Where {
        THREAD,
        LOOP,
        DEEP_STACK
    }

    @ParameterizedTest
    @EnumSource(names = {"THREAD", "LOOP"})
    void process_whoseMemoryIsFull_endsWithOneLine(Where where) {
        try (ChildProcess process = start(where)) {
            assertThat(process.awaitExit(LIMIT)).isEqualTo(3);
            assertThat(process.stderr())
                    .filteredOn(line -> line.startsWith("mooring: "))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("memory", "-Xmx"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "DEEP_STACK")
    void process_whoseThreadEndsOtherwise_livesOn(Where where) {
        try (ChildProcess process = start(where)) {
            process.awaitLine("still here", LIMIT);
            await().atMost(LIMIT)
                    .until(() -> process.lines().stream().anyMatch(line -> line.contains("StackOverflowError")));
            assertThat(process.isAlive()).isTrue();
        }
    }

    private static ChildProcess start(Where where) {
        return ChildProcess.java(Victim.class.getName(), where.name())
                .environment("JAVA_TOOL_OPTIONS", "-Xmx24m")
                .start();
    }

    /** The process. */
    static final class Victim {
        public static void main(String[] arguments) throws InterruptedException {
            EndWithoutMemory.always();
            Thread other;
            switch (Where.valueOf(arguments[0])) {
                case THREAD -> other = new Thread(Victim::fill);
                case LOOP ->
                    other = new Thread(() -> BackgroundLoop.start("mooring-victim", () -> {
                        fill();
                        return Duration.ZERO;
                    }));
                default -> other = new Thread(Victim::descend);
            }
            other.start();
            other.join();
            System.out.println("still here");
            new java.util.concurrent.CountDownLatch(1).await();
        }

        private static void fill() {
            List<byte[]> kept = new ArrayList<>();
            while (kept.size() < 1_000) {
                kept.add(new byte[100_000]);
            }
            System.out.println("never so far: " + kept);
        }

        @SuppressWarnings("InfiniteRecursion")
        private static void descend() {
            descend();
        }
    }
}
