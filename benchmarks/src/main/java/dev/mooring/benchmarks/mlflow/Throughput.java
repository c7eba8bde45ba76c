package dev.mooring.benchmarks.mlflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Several clients that call one after the other without a pause. */
final class Throughput {
    private Throughput() {}

    /** How many calls a second all clients together complete; {@code first} is the number of the first call. */
    static double perSecond(Registry registry, Work.Call call, int clients, Duration lasts, int first)
            throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger(first);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long begun = System.nanoTime();
            long end = begun + lasts.toNanos();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                counts.add(threads.submit(() -> {
                    int done = 0;
                    while (System.nanoTime() - end < 0) {
                        call.on(registry, next.getAndIncrement());
                        done++;
                    }
                    return done;
                }));
            }
            int done = 0;
            for (Future<Integer> count : counts) {
                done += count.get();
            }
            return done * 1e9 / (System.nanoTime() - begun);
        } finally {
            threads.shutdownNow();
        }
    }
}
