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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;

/**
 * A backend in virtual time, with every condition that the supervisor tells apart. A frozen one accepts connections and answers
 * everything when it thaws; a black hole never answers what it swallowed; a process that dies resets its connections.
 */
final class SimulatedBackend implements Probe, ProbeRunner, Recovery {
    private static final int THREADS = 8;
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** How long a real call waits for an answer. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    private final VirtualWorld world;
    private final RandomGenerator random;
    /** Stands for a probe that returns null. */
    private final Throwable nullAnswer = new Throwable("null");
    /** Probes that got no answer yet, and whether they still can get one. */
    private final Map<ProbeSlots.Asking, Boolean> hanging = new LinkedHashMap<>();

    private final Map<ProbeAttempt, Throwable> endings = new HashMap<>();
    /** Probes that the supervisor gave up and whose threads hang on. */
    private final Set<ProbeSlots.Asking> stuck = new LinkedHashSet<>();

    private Condition condition = Condition.WELL;
    private Duration latency = Duration.ofMillis(5);
    private boolean session;
    private boolean lying;
    private boolean prepared = true;
    private long lostAt = -1;
    private int busy;
    private long asked;
    private long lastOpened = -1;

    enum Condition {
        WELL,
        SLOW,
        REFUSING,
        REFUSING_FOR_GOOD,
        LOG_IN_FAILING,
        POOL_FAILING,
        FROZEN,
        BLACK_HOLE,
        /** Frozen, and closing what hangs does not free its thread. */
        STUCK,
        /** The backend works; the code of its probe fails. */
        CHECK_BROKEN;

        boolean isSilent() {
            return this == FROZEN || this == BLACK_HOLE || this == STUCK;
        }

        /** Whether each probe fails at once. */
        boolean isRefusing() {
            return this == REFUSING || this == REFUSING_FOR_GOOD || this == CHECK_BROKEN;
        }
    }

    SimulatedBackend(VirtualWorld world, RandomGenerator random) {
        this.world = world;
        this.random = random;
    }

    /** How many probes it received. */
    long asked() {
        return asked;
    }

    /** When its recovery was last called, in nanoseconds since the world began; before that, -1. */
    long lastOpened() {
        return lastOpened;
    }

    Condition condition() {
        return condition;
    }

    /** The start tasks ran: probes find their work. */
    void prepare() {
        prepared = true;
    }

    /** What the start tasks made is not there: they did not run yet, or another backend took over. */
    void lose() {
        prepared = false;
        lostAt = world.elapsed();
    }

    boolean isPrepared() {
        return prepared;
    }

    /** When it last lost what the start tasks made, in nanoseconds since the world began. */
    long lostAt() {
        return lostAt;
    }

    /** Makes probes answer that all is well, whatever the condition is. */
    void lies(boolean always) {
        lying = always;
    }

    void is(Condition next, Duration takes) {
        condition = next;
        latency = takes;
        if (next.isRefusing()) {
            session = false;
        }
        if (next != Condition.STUCK) {
            List.copyOf(stuck).forEach(probe -> end(probe, new SocketException("Socket closed")));
        }
        List<ProbeSlots.Asking> waiting = List.copyOf(hanging.keySet());
        for (ProbeSlots.Asking probe : waiting) {
            if (next.isRefusing()) {
                end(probe, next == Condition.CHECK_BROKEN ? broken() : new SocketException("Connection reset"));
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
        boolean refuses = condition.isRefusing() && condition != Condition.CHECK_BROKEN;
        return refuses ? Optional.of(FailureKind.CONNECTION_REFUSED) : Optional.empty();
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
            probe.attempt().onAbandon(() -> givenUp(probe));
            ask(probe);
        } else {
            world.after(condition.isSilent() ? AT_ONCE : latency, () -> {
                busy--;
                work.run();
            });
        }
        return true;
    }

    private void givenUp(ProbeSlots.Asking probe) {
        if (condition == Condition.STUCK) {
            stuck.add(probe);
        } else {
            end(probe, new SocketException("Socket closed"));
        }
    }

    private void ask(ProbeSlots.Asking probe) {
        asked++;
        if (lying) {
            world.after(AT_ONCE, () -> answered(probe));
        } else if (condition.isRefusing()) {
            world.after(AT_ONCE, () -> end(probe, refusal()));
        } else if (condition == Condition.BLACK_HOLE && !usesSession(probe)) {
            world.after(probe.attempt().connectTimeout(), () -> end(probe, new SocketTimeoutException("connect")));
        } else if (condition == Condition.BLACK_HOLE) {
            probe.attempt().connected();
            hanging.put(probe, false);
        } else if (condition == Condition.FROZEN || condition == Condition.STUCK) {
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
            case REFUSING, REFUSING_FOR_GOOD, CHECK_BROKEN -> end(probe, refusal());
            case FROZEN, STUCK -> {}
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

    private Throwable refusal() {
        if (condition == Condition.CHECK_BROKEN) {
            return broken();
        }
        return condition == Condition.REFUSING_FOR_GOOD
                ? new SSLException("certificate expired")
                : new ConnectException("Connection refused");
    }

    /** Every way in which the code of a probe may fail; {@link #nullAnswer} stands for returning null. */
    private Throwable broken() {
        return switch (random.nextInt(4)) {
            case 0 -> new IllegalStateException("a bug in the probe");
            case 1 -> new StackOverflowError();
            case 2 -> new NoClassDefFoundError("dev/example/Driver");
            default -> nullAnswer;
        };
    }

    private void end(ProbeSlots.Asking probe, Throwable error) {
        stuck.remove(probe);
        if (hanging.remove(probe) != null) {
            busy--;
            endings.put(probe.attempt(), error);
            probe.run();
        }
    }

    @Override
    public ProbeAnswer ask(ProbeAttempt attempt) throws Exception {
        Throwable error = endings.remove(attempt);
        if (error == nullAnswer) {
            return null;
        }
        rethrow(error);
        return prepared ? ProbeAnswer.well() : ProbeAnswer.unprepared("another backend answers");
    }

    private static void rethrow(Throwable error) throws Exception {
        if (error instanceof Error serious) {
            throw serious;
        }
        if (error instanceof Exception exception) {
            throw exception;
        }
    }

    @Override
    public void opened() {
        session = false;
        lastOpened = world.elapsed();
        if (random.nextInt(8) == 0) {
            throw new NoClassDefFoundError("dev/example/Pool");
        }
    }

    @Override
    public void opened(Runnable work) {
        world.after(AT_ONCE, () -> {
            try {
                work.run();
            } catch (RuntimeException | Error fenced) {
                // As the threads of real life do.
                return;
            }
        });
    }

    @Override
    public void discard(Runnable closing) {
        world.after(AT_ONCE, closing);
    }

    @Override
    public void verify() throws Exception {
        if (condition == Condition.POOL_FAILING && random.nextInt(3) == 0) {
            throw new NoClassDefFoundError("dev/example/Pool");
        }
        if (condition.isSilent() || condition == Condition.POOL_FAILING) {
            throw new SocketTimeoutException("no connection from the pool");
        }
        if (condition.isRefusing() && condition != Condition.CHECK_BROKEN) {
            rethrow(refusal());
        }
    }

    @Override
    public void stop() {
        hanging.clear();
        stuck.clear();
    }
}
