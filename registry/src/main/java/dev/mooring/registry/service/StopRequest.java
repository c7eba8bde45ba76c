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

    /** Does work on this thread that a request ends by an interrupt; not at all when there was one before. */
    void endingBy(Waiting work) throws Exception {
        begin();
        try {
            work.run();
        } finally {
            end();
        }
    }

    private synchronized void begin() throws InterruptedException {
        if (isRequested()) {
            throw new InterruptedException("asked to stop");
        }
        interruptible = Thread.currentThread();
    }

    private synchronized void end() {
        interruptible = null;
        // What came at the very end must not hit whatever this thread does next.
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
                    "this Java runtime lacks the module jdk.unsupported, without which nobody can stop the service in order",
                    noSignals);
        }
    }
}
