package dev.mooring.supervision;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeAttempt;
import dev.mooring.probe.ProbeKind;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.probe.Recovery;
import dev.mooring.probe.StartTask;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A backend in virtual time: it answers probes that come while it hangs when it thaws. */
final class VirtualBackend implements ProbeRunner, Probe, Recovery {
    private static final int THREADS = 8;

    private final VirtualWorld world;
    private final List<Runnable> hanging = new ArrayList<>();
    private Mode mode = Mode.WELL;
    private Duration latency = Duration.ofMillis(2);
    private Supplier<Exception> refusal = () -> new ConnectException("Connection refused");
    private Optional<ProbeKind> refusedKind = Optional.empty();
    private ProbeAnswer answer = ProbeAnswer.well();
    private boolean sends = true;
    private int busy;
    /** How many new connections its queue takes while it hangs. */
    int queue = Integer.MAX_VALUE;
    /** How many it has, those included that probes gave up. */
    int queued;

    int asked;
    int opened;
    int verified;

    enum Mode {
        WELL,
        REFUSING,
        FROZEN,
        BLACK_HOLE,
        /** Accepts connections until its queue is full, and answers on none. */
        HANGING
    }

    VirtualBackend(VirtualWorld world) {
        this.world = world;
    }

    void is(Mode next) {
        mode = next;
        queued = 0;
        if (next != Mode.FROZEN) {
            List<Runnable> thawed = List.copyOf(hanging);
            hanging.clear();
            thawed.forEach(work -> world.after(latency, work));
        }
    }

    Mode mode() {
        return mode;
    }

    void refusesWith(Supplier<Exception> how) {
        refusal = how;
        is(Mode.REFUSING);
    }

    /** Refuses probes of that kind only and answers the others. */
    void refusesOnly(ProbeKind kind) {
        refusedKind = Optional.of(kind);
        is(Mode.REFUSING);
    }

    /** Its probes get no processor time, so they send nothing. */
    void sendsNothing() {
        sends = false;
    }

    void latency(Duration each) {
        latency = each;
    }

    void answers(ProbeAnswer next) {
        answer = next;
    }

    @Override
    public boolean begin(Runnable work) {
        if (busy >= THREADS) {
            return false;
        }
        busy++;
        Runnable counted = () -> {
            busy--;
            work.run();
        };
        if (mode == Mode.FROZEN) {
            if (work instanceof ProbeSlots.Asking asking && sends) {
                asking.attempt().onAbandon(() -> {});
            }
            hanging.add(counted);
        } else if (mode == Mode.HANGING && work instanceof ProbeSlots.Asking probe && queued < queue) {
            queued++;
            hanging.add(counted);
            probe.attempt().connected();
            probe.attempt().onAbandon(() -> {
                if (hanging.remove(counted)) {
                    counted.run();
                }
            });
        } else {
            boolean waits = mode == Mode.BLACK_HOLE || (mode == Mode.HANGING && work instanceof ProbeSlots.Asking);
            world.after(waits ? Duration.ofSeconds(1) : latency, counted);
        }
        return true;
    }

    @Override
    public void opened(Runnable work) {
        world.after(Duration.ofMillis(1), work);
    }

    @Override
    public void discard(Runnable closing) {
        world.after(Duration.ofMillis(1), closing);
    }

    @Override
    public void stop() {
        hanging.clear();
    }

    @Override
    public ProbeAnswer ask(ProbeAttempt attempt) throws Exception {
        asked++;
        if (mode == Mode.REFUSING && refusedKind.map(attempt.kind()::equals).orElse(true)) {
            throw refusal.get();
        }
        if (mode == Mode.BLACK_HOLE || mode == Mode.HANGING) {
            throw new SocketTimeoutException("Connect timed out");
        }
        attempt.connected();
        return answer;
    }

    @Override
    public void opened() {
        opened++;
    }

    @Override
    public void verify() throws Exception {
        verified++;
        if (mode == Mode.REFUSING) {
            throw refusal.get();
        }
    }

    /** A watch on this backend with the defaults. */
    Watch watched() {
        return watched(new ProbeTiming(), List.of());
    }

    Watch watched(boolean enabled) {
        return watched(new ProbeTiming(), List.of(), enabled);
    }

    Watch watched(ProbeTiming timing, List<StartTask> tasks) {
        return watched(timing, tasks, true);
    }

    private Watch watched(ProbeTiming timing, List<StartTask> tasks, boolean enabled) {
        return new Watch(
                new Supervised(
                        "database",
                        true,
                        enabled,
                        FailureClassifier.jdk(),
                        Optional.of(this),
                        timing,
                        new dev.mooring.breaker.BreakerSettings(),
                        20,
                        Duration.ofSeconds(2),
                        this,
                        tasks),
                world.time());
    }
}
