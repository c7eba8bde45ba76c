package dev.mooring.spring.shutdown;

import dev.mooring.Mooring;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Begins the end: says "not ready" and goes on serving until load balancers have noticed. Stops before Boot's graceful shutdown,
 * which closes the door. Where the service is not ready anyway nobody sends it requests, so the wait is skipped.
 */
final class Drain implements SmartLifecycle {
    /** Above Boot's graceful shutdown, which is at {@code MAX_VALUE - 1024}: what is above stops first. */
    static final int PHASE = Integer.MAX_VALUE - 512;

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.shutdown");

    private final Mooring mooring;
    private final Duration delay;

    /** Whether the end has begun; written by the thread that stops, read by request threads. */
    private volatile boolean draining;

    /** Whether Spring started it; written and read by the threads that start and stop. */
    private volatile boolean running;

    Drain(Mooring mooring, Duration delay) {
        this.mooring = mooring;
        this.delay = delay;
    }

    boolean isDraining() {
        return draining;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        boolean wasReady = mooring.health().ready();
        draining = true;
        mooring.shuttingDown();
        running = false;
        if (wasReady && !delay.isZero()) {
            LOG.info("Not ready from now on; requests are taken for another {} s.", delay.toMillis() / 1000.0);
            await(delay);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private static void await(Duration delay) {
        try {
            boolean never = new CountDownLatch(1).await(delay.toNanos(), TimeUnit.NANOSECONDS);
            assert !never : "nobody counts it down";
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
