package dev.mooring.spring.shutdown;

import dev.mooring.Mooring;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Begins the shutdown: turns the service not ready and keeps serving requests until load balancers have noticed. Runs before
 * Boot's graceful shutdown, which refuses new requests. Skips the wait when the service is not ready anyway, because load
 * balancers then send it no requests, and when the context closes although the process goes on, as in a test or a restart of devtools.
 */
final class Drain implements SmartLifecycle {
    /** Boot's graceful shutdown has the phase {@code MAX_VALUE - 1024}; Spring stops higher phases first. */
    static final int PHASE = Integer.MAX_VALUE - 512;

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.shutdown");

    private final Mooring mooring;
    private final Duration delay;
    private final BooleanSupplier processEnds;

    /** Whether the shutdown has begun. The stopping thread writes it, request threads read it. */
    private volatile boolean draining;

    /** Whether Spring has started this bean. The starting and the stopping thread write and read it. */
    private volatile boolean running;

    /** {@code processEnds} is asked when the context closes; without it there is no delay. */
    Drain(Mooring mooring, Duration delay, BooleanSupplier processEnds) {
        this.mooring = mooring;
        this.delay = delay;
        this.processEnds = processEnds;
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
        if (wasReady && !delay.isZero() && processEnds.getAsBoolean()) {
            LOG.info(
                    "The service is not ready from now on and serves requests for another {} s.",
                    delay.toMillis() / 1000.0);
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
            assert !never : "the latch never opens";
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
