package dev.mooring.supervision;

import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one dependency. {@code mooring-probe-NAME-n}, eight at most: three probes, a verification, a start task, and a few
 * that hang in a name resolution, which nothing can interrupt. When all eight hang, no probe begins, and the silence convicts. Two
 * more are reserved: {@code mooring-recovery-NAME} for {@link dev.mooring.probe.Recovery#opened}, and {@code mooring-closing-NAME}
 * for closing what abandoned probes held. All end after 30 s without work.
 */
final class ProbeThreads implements ProbeRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeThreads.class);
    private static final int MOST = 8;
    /**
     * How many abandoned probes may wait to be closed. The supervisor gives up at most three a second, so more of them are a leak
     * of the backend.
     */
    private static final int MOST_TO_CLOSE = 64;

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final String dependency;
    private final ThreadPoolExecutor probing;
    private final ThreadPoolExecutor recovering;
    private final ThreadPoolExecutor closing;

    ProbeThreads(String dependency) {
        this.dependency = dependency;
        this.probing = threads("mooring-probe-" + dependency, 0, MOST, new SynchronousQueue<>());
        // One that runs and one that waits: a third would do the same once more.
        this.recovering = threads("mooring-recovery-" + dependency, 1, 1, new ArrayBlockingQueue<>(1));
        this.closing = threads("mooring-closing-" + dependency, 1, 1, new ArrayBlockingQueue<>(MOST_TO_CLOSE));
    }

    private static ThreadPoolExecutor threads(String name, int least, int most, BlockingQueue<Runnable> queue) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                least,
                most,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                queue,
                work -> BackgroundLoop.daemon(most == 1 ? name : name + "-" + number.incrementAndGet(), work));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public boolean begin(Runnable work) {
        return begin(probing, work);
    }

    @Override
    public void opened(Runnable work) {
        boolean unused = begin(recovering, work);
    }

    @Override
    public void discard(Runnable work) {
        if (!begin(closing, work) && !closing.isShutdown()) {
            LOG.warn("{}: {} abandoned probes wait to be closed; one more stays open", dependency, MOST_TO_CLOSE);
        }
    }

    /** False when there is no thread: all are taken, supervision ended, or the machine gives no more. */
    private boolean begin(ThreadPoolExecutor threads, Runnable work) {
        try {
            threads.execute(() -> fenced(work));
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        } catch (OutOfMemoryError noThread) {
            LOG.error("{}: no thread for a probe", dependency, noThread);
            return false;
        }
    }

    private void fenced(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failed) {
            LOG.warn("{}: code of the backend failed", dependency, failed);
        }
    }

    @Override
    public void stop() {
        probing.shutdownNow();
        recovering.shutdownNow();
        closing.shutdownNow();
    }
}
