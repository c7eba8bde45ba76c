package dev.mooring.cli.database;

import dev.mooring.failure.Failure;
import dev.mooring.postgres.Postgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs tests one after the other, and keeps their results. Not thread-safe. */
final class TestSeries {
    private final TimeLeft time;
    private final Consumer<TestResult> done;
    private final List<TestResult> results = new ArrayList<>();

    /** Tests that begin within {@code time}; {@code done} receives each result at once. */
    TestSeries(TimeLeft time, Consumer<TestResult> done) {
        this.time = time;
        this.done = done;
    }

    /** A test: gives the detail of its success, or throws. */
    interface Work {
        String run() throws Exception;
    }

    /** A test found something wrong; the message is the detail. */
    static final class FoundException extends Exception {
        private static final long serialVersionUID = 1;

        FoundException(String detail) {
            super(detail, null, false, false);
        }
    }

    /** A test that begins after the time fails without a try. */
    void test(String name, Work work) throws InterruptedException {
        if (time.isOver()) {
            add(new TestResult(name, false, Duration.ZERO, "not tried, because the time of --timeout was over"));
            return;
        }
        long begun = System.nanoTime();
        boolean passed = false;
        String detail;
        try {
            detail = work.run();
            passed = true;
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (FoundException wrong) {
            detail = String.valueOf(wrong.getMessage());
        } catch (Exception failed) {
            detail = describe(failed);
        }
        add(new TestResult(name, passed, Duration.ofNanos(System.nanoTime() - begun), detail));
    }

    /** The same for a test that needs a connection; where none could be made it fails without a try. */
    void test(String name, boolean reached, Work work) throws InterruptedException {
        if (reached) {
            test(name, work);
        } else {
            add(new TestResult(name, false, Duration.ZERO, "not tried, because no connection could be made"));
        }
    }

    private void add(TestResult result) {
        results.add(result);
        done.accept(result);
    }

    /** The results so far, in order. */
    List<TestResult> results() {
        return List.copyOf(results);
    }

    /** Whether every test so far has passed. */
    boolean allPassed() {
        return results.stream().allMatch(TestResult::passed);
    }

    /** How many tests have passed so far. */
    int passed() {
        return (int) results.stream().filter(TestResult::passed).count();
    }

    /** The failure in one line, with its kind. */
    static String describe(Exception failed) {
        return Failure.ofCheck(failed, Postgres.failures(), Instant.now()).toString();
    }
}
