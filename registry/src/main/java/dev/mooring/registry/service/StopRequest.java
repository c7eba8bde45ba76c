package dev.mooring.registry.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the signal to stop: TERM, INT (Ctrl-C) or HUP (the terminal was closed). Without a handler the JVM would end with 143
 * or its like whatever we do, and begin to stop everything at once. Thread-safe.
 */
final class StopRequest {
    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

    private final CountDownLatch requested = new CountDownLatch(1);

    /** The thread that a request interrupts. Guarded by this. */
    private @Nullable Thread interruptible;

    /** Work that may wait for long. */
    interface Waiting {
        /** Does it, until it is done or interrupted. */
        void run() throws Exception;
    }

    /** A request that comes by a signal to this process. */
    static StopRequest bySignal() {
        StopRequest stop = new StopRequest();
        stop.handleSignals();
        return stop;
    }

    void request() {
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

    void await() throws InterruptedException {
        requested.await();
    }

    /** Does work on this thread that a request ends by an interrupt, also one that came before. */
    void endingBy(Waiting work) throws Exception {
        interruptFromNowOn();
        try {
            work.run();
        } finally {
            interruptNoMore();
        }
    }

    /** From now on a request interrupts this thread; at once, if there was one. */
    synchronized void interruptFromNowOn() {
        interruptible = Thread.currentThread();
        if (isRequested()) {
            interruptible.interrupt();
        }
    }

    /** From now on a request leaves this thread alone, also one that interrupted it at the very end. */
    synchronized void interruptNoMore() {
        interruptible = null;
        boolean late = Thread.interrupted();
        assert !late || isRequested() : "only a request interrupts";
    }

    /** By reflection: the only class for it is outside of Java's own API, and javac's warning about that cannot be turned off. */
    private void handleSignals() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler request = (proxy, method, arguments) -> {
                request();
                return null;
            };
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, request);
            for (String name : SIGNALS) {
                Object one = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, one, ours);
            }
        } catch (ReflectiveOperationException noSignals) {
            throw new IllegalStateException(
                    "this Java runtime lacks the module jdk.unsupported, without which nobody can stop the service in"
                            + " order",
                    noSignals);
        }
    }
}
