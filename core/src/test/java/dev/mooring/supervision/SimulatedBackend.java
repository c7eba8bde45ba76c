package dev.mooring.supervision;

import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeAttempt;
import dev.mooring.probe.ProbeKind;
import dev.mooring.probe.Recovery;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * A backend in virtual time that can be hurt in every way the supervisor tells apart. A frozen one accepts connections and answers
 * everything when it thaws; a black hole never answers what it swallowed; a process that dies resets what it had.
 */
final class SimulatedBackend implements Probe, ProbeRunner, Recovery {
    private static final int THREADS = 8;
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** How long a real call waits for an answer. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    private final VirtualWorld world;
    /** Probes that got no answer yet, and whether they still can get one. */
    private final Map<ProbeSlots.Asking, Boolean> hanging = new LinkedHashMap<>();

    private final Map<ProbeAttempt, Optional<Exception>> endings = new HashMap<>();
    private Condition condition = Condition.WELL;
    private Duration latency = Duration.ofMillis(5);
    private boolean session;
    private boolean lying;
    private int busy;

    enum Condition {
        WELL,
        SLOW,
        REFUSING,
        REFUSING_FOR_GOOD,
        LOG_IN_FAILING,
        POOL_FAILING,
        FROZEN,
        BLACK_HOLE;

        boolean isSilent() {
            return this == FROZEN || this == BLACK_HOLE;
        }

        boolean isRefusing() {
            return this == REFUSING || this == REFUSING_FOR_GOOD;
        }
    }

    SimulatedBackend(VirtualWorld world) {
        this.world = world;
    }

    Condition condition() {
        return condition;
    }

    /** From now on probes are told that all is well, whatever is. */
    void lies(boolean always) {
        lying = always;
    }

    void is(Condition next, Duration takes) {
        condition = next;
        latency = takes;
        if (next.isRefusing()) {
            session = false;
        }
        List<ProbeSlots.Asking> waiting = List.copyOf(hanging.keySet());
        for (ProbeSlots.Asking probe : waiting) {
            if (next.isRefusing()) {
                end(probe, new SocketException("Connection reset"));
            } else if (next == Condition.BLACK_HOLE) {
                hanging.put(probe, false);
            } else if (!next.isSilent() && hanging.get(probe)) {
                world.after(latency, () -> answer(probe));
            }
        }
    }

    /** How a call ends that ends now; empty when well. {@code begun} is the condition in which it was made. */
    Optional<FailureKind> callEnds(Condition begun) {
        if (condition.isSilent() || begun == Condition.BLACK_HOLE) {
            return Optional.of(FailureKind.RESPONSE_TIMEOUT);
        }
        return condition.isRefusing() ? Optional.of(FailureKind.CONNECTION_REFUSED) : Optional.empty();
    }

    Duration callTakes() {
        return condition.isSilent() ? CALL_TIMEOUT : condition.isRefusing() ? AT_ONCE : latency;
    }

    @Override
    public boolean begin(Runnable work) {
        if (busy >= THREADS) {
            return false;
        }
        busy++;
        if (work instanceof ProbeSlots.Asking probe) {
            hanging.put(probe, true);
            probe.attempt().onAbandon(() -> end(probe, new SocketException("Socket closed")));
            ask(probe);
        } else {
            world.after(condition.isSilent() ? AT_ONCE : latency, () -> {
                busy--;
                work.run();
            });
        }
        return true;
    }

    private void ask(ProbeSlots.Asking probe) {
        if (lying) {
            world.after(AT_ONCE, () -> answered(probe));
        } else if (condition.isRefusing()) {
            world.after(AT_ONCE, () -> end(probe, refusal()));
        } else if (condition == Condition.BLACK_HOLE && !usesSession(probe)) {
            world.after(probe.attempt().connectTimeout(), () -> end(probe, new SocketTimeoutException("connect")));
        } else if (condition == Condition.BLACK_HOLE) {
            probe.attempt().connected();
            hanging.put(probe, false);
        } else if (condition == Condition.FROZEN) {
            probe.attempt().connected();
        } else {
            world.after(latency, () -> answer(probe));
        }
    }

    private void answer(ProbeSlots.Asking probe) {
        probe.attempt().connected();
        switch (condition) {
            case WELL, SLOW, POOL_FAILING -> answered(probe);
            case LOG_IN_FAILING -> {
                if (usesSession(probe)) {
                    answered(probe);
                } else {
                    end(probe, new EOFException("connection closed during log-in"));
                }
            }
            case REFUSING, REFUSING_FOR_GOOD -> end(probe, refusal());
            case FROZEN -> {}
            case BLACK_HOLE -> hanging.replace(probe, false);
        }
    }

    private void answered(ProbeSlots.Asking probe) {
        session |= probe.attempt().kind() == ProbeKind.SESSION;
        end(probe, null);
    }

    private boolean usesSession(ProbeSlots.Asking probe) {
        return session && probe.attempt().kind() == ProbeKind.SESSION;
    }

    private Exception refusal() {
        return condition == Condition.REFUSING_FOR_GOOD
                ? new SSLException("certificate expired")
                : new ConnectException("Connection refused");
    }

    private void end(ProbeSlots.Asking probe, Exception error) {
        if (hanging.remove(probe) != null) {
            busy--;
            endings.put(probe.attempt(), Optional.ofNullable(error));
            probe.run();
        }
    }

    @Override
    public ProbeAnswer ask(ProbeAttempt attempt) throws Exception {
        Optional<Exception> error = endings.remove(attempt);
        if (error.isPresent()) {
            throw error.get();
        }
        return ProbeAnswer.well();
    }

    @Override
    public void opened() {
        session = false;
    }

    @Override
    public void verify() throws Exception {
        if (condition.isSilent() || condition == Condition.POOL_FAILING) {
            throw new SocketTimeoutException("no connection from the pool");
        } else if (condition.isRefusing()) {
            throw refusal();
        }
    }

    @Override
    public void stop() {
        hanging.clear();
    }
}
