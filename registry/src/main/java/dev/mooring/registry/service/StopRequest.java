package dev.mooring.registry.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a signal to stop: TERM, INT (Ctrl-C) or HUP (the terminal was closed). Without this handler the JVM would run all shutdown
 * hooks at once and end with an exit code of its own, such as 143. Thread-safe.
 */
public final class StopRequest {
    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

    private final CountDownLatch requested = new CountDownLatch(1);

    /** The first request; empty before it. The thread of the signal writes it, before the latch opens. */
    private volatile Optional<Asked> asked = Optional.empty();

    /** The thread that a request interrupts. Guarded by this. */
    private @Nullable Thread interruptible;

    /**
     * The first request to stop.
     *
     * @param signal the name of the signal, such as {@code SIGTERM}
     * @param nanos the monotonic clock then
     */
    record Asked(String signal, long nanos) {}

    /** Work that may wait for long. */
    interface Waiting {
        /** Works until it is done or interrupted. */
        void run() throws Exception;
    }

    /** Holds the request that signals make: a process has one handler of signals. */
    private static final class OfProcess {
        private static final StopRequest STOP = handlingSignals();

        private static StopRequest handlingSignals() {
            StopRequest stop = new StopRequest();
            stop.handleSignals();
            return stop;
        }
    }

    StopRequest() {}

    /**
     * Makes signals to this process requests to stop, from now on. They no longer end the process by themselves, so call it only where {@link
     * RegistryService#serve} follows.
     */
    public static void heedSignals() {
        StopRequest unused = bySignal();
    }

    /** The request that a signal to this process makes. */
    static StopRequest bySignal() {
        return OfProcess.STOP;
    }

    void request(String signal) {
        if (asked.isEmpty()) {
            asked = Optional.of(new Asked(signal, System.nanoTime()));
        }
        requested.countDown();
        synchronized (this) {
            if (interruptible != null) {
                interruptible.interrupt();
            }
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** The first request; empty if there was none. */
    Optional<Asked> asked() {
        return asked;
    }

    void await() throws InterruptedException {
        requested.await();
    }

    /** Runs work on this thread. A request interrupts it, also a request that came before. */
    void endingBy(Waiting work) throws Exception {
        interruptFromNowOn();
        try {
            work.run();
        } finally {
            interruptNoMore();
        }
    }

    /** From now on a request interrupts this thread. Interrupts it at once if a request has come. */
    synchronized void interruptFromNowOn() {
        interruptible = Thread.currentThread();
        if (isRequested()) {
            interruptible.interrupt();
        }
    }

    /** From now on a request does not interrupt this thread. Clears the flag of a request that came during the last steps. */
    synchronized void interruptNoMore() {
        interruptible = null;
        boolean late = Thread.interrupted();
        assert !late || isRequested() : "only a request interrupts";
    }

    /** Uses reflection: the only class for signals is outside of Java's API, and no option turns off javac's warning about it. */
    private void handleSignals() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler request = (proxy, method, arguments) -> {
                request("SIG" + signal.getMethod("getName").invoke(arguments[0]));
                return null;
            };
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, request);
            for (String name : SIGNALS) {
                Object one = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, one, ours);
            }
        } catch (ReflectiveOperationException noSignals) {
            throw new IllegalStateException(
                    "this Java runtime lacks the module jdk.unsupported, which the service needs to stop in order",
                    noSignals);
        }
    }
}
