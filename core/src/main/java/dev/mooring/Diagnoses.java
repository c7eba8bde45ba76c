package dev.mooring;

import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Examiner;
import dev.mooring.supervision.Watch;
import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The diagnoses of one dependency: one at a time, in the place of a probe. Thread-safe. */
final class Diagnoses {
    /** What a diagnosis that ends in time may need besides its layers. */
    private static final Duration ROUND_OFF = Duration.ofMillis(250);

    private final Watch watch;
    private final Supplier<Examination> examination;
    /** The diagnosis that runs; null while none does. */
    private final AtomicReference<@Nullable CompletableFuture<Diagnosis>> running = new AtomicReference<>();

    /** The thread of the diagnosis that runs; null while none does. */
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    Diagnoses(Watch watch, Supplier<Examination> examination) {
        this.watch = watch;
        this.examination = examination;
    }

    Diagnosis run(Duration limit) throws InterruptedException, TimeoutException {
        CompletableFuture<Diagnosis> mine = new CompletableFuture<>();
        CompletableFuture<Diagnosis> present = running.compareAndExchange(null, mine);
        if (present == null) {
            present = mine;
            Thread started =
                    BackgroundLoop.daemon("mooring-diagnosis-" + watch.spec().name(), () -> diagnose(mine, limit));
            thread.set(started);
            started.start();
        }
        try {
            return present.get(limit.plus(ROUND_OFF).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the examination of " + watch.spec().name() + " failed", failed.getCause());
        }
    }

    /** Ends the diagnosis that runs: its connections close, and its callers get an exception. Does not wait. */
    void end() {
        Thread present = thread.get();
        if (present != null) {
            present.interrupt();
        }
    }

    private void diagnose(CompletableFuture<Diagnosis> result, Duration limit) {
        long begun = System.nanoTime();
        try {
            boolean unused = watch.diagnosisPlace().take(limit.dividedBy(4));
            Duration left = limit.minusNanos(System.nanoTime() - begun);
            result.complete(Examiner.examine(watch.spec().name(), watch.spec().critical(), examination.get(), left));
        } catch (Throwable failed) {
            result.completeExceptionally(failed);
        } finally {
            watch.diagnosisPlace().giveBack();
            thread.compareAndSet(Thread.currentThread(), null);
            running.set(null);
        }
    }
}
