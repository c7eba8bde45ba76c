package dev.mooring.supervision;

import dev.mooring.probe.ProbeAttempt;
import dev.mooring.probe.ProbeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running probe. The supervisor, which may give it up, shares it with the probe thread. */
final class RunningProbe implements ProbeAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(RunningProbe.class);

    private final ProbeKind kind;
    private final Duration timeout;
    private final long startedNanos;
    private final long pausedAtStart;

    /** The probe thread sets it, the supervisor reads it. */
    private volatile boolean connected;

    /** Whether the probe has registered what it opens, or is connected. The probe thread sets it, the supervisor reads it. */
    private volatile boolean sent;

    /** Guarded by this, as the flag below. */
    private final List<AutoCloseable> resources = new ArrayList<>();

    private boolean abandoned;

    RunningProbe(ProbeKind kind, Duration timeout, long startedNanos, long pausedAtStart) {
        this.kind = kind;
        this.timeout = timeout;
        this.startedNanos = startedNanos;
        this.pausedAtStart = pausedAtStart;
    }

    @Override
    public ProbeKind kind() {
        return kind;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Duration connectTimeout() {
        return kind == ProbeKind.FRESH && Rhythm.CONNECT.compareTo(timeout) < 0 ? Rhythm.CONNECT : timeout;
    }

    @Override
    public void connected() {
        connected = true;
        sent = true;
    }

    @Override
    public void onAbandon(AutoCloseable resource) {
        Objects.requireNonNull(resource, "resource");
        sent = true;
        synchronized (this) {
            if (!abandoned) {
                resources.add(resource);
                return;
            }
        }
        close(resource);
    }

    /**
     * Closes what the probe registered, because its outcome no longer counts. That may block, so the supervisor's thread never
     * calls it.
     */
    void abandon() {
        List<AutoCloseable> open;
        synchronized (this) {
            abandoned = true;
            open = List.copyOf(resources);
            resources.clear();
        }
        open.forEach(RunningProbe::close);
    }

    boolean isConnecting() {
        return !connected;
    }

    /** Whether it began after that moment and has a new connection, which the dependency accepted. */
    boolean isAcceptedAfter(long nanos) {
        return kind == ProbeKind.FRESH && connected && startedNanos - nanos >= 0;
    }

    /** Whether it has begun to talk to the dependency: before that, it makes this process load classes, for example. */
    boolean isSent() {
        return sent;
    }

    long startedNanos() {
        return startedNanos;
    }

    /** How long it has run, pauses of this process excluded. */
    long age(long now, long pausedTotal) {
        return now - startedNanos - (pausedTotal - pausedAtStart);
    }

    boolean wasPaused(long pausedTotal) {
        return pausedTotal != pausedAtStart;
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception | Error e) {
            LOG.debug("closing what an abandoned probe held", e);
        }
    }
}
