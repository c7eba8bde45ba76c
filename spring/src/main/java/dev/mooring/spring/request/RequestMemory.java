package dev.mooring.spring.request;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

/**
 * The share of the heap that one request holds. Code that reads a body, or builds an answer, takes what that needs before it does so, and
 * the request gives everything back when it ends. All requests together may hold a third of the heap; one that finds too little left gets
 * 503 {@code saturated}. Bytes are estimates of the space that objects need, on the safe side.
 *
 * <p>Where the application has not registered {@link #filter}, and on threads that serve no request, every call has room. Each request
 * uses its share on its own thread.
 */
public final class RequestMemory {
    /** The service itself, and what requests that have ended leave to the collector, need the rest. */
    private static final int PART_OF_HEAP = 3;

    private static final ThreadLocal<RequestMemory> CURRENT = new ThreadLocal<>();

    private final MemoryBudget budget;
    /** Only the thread of the request uses it. */
    private long taken;

    private RequestMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /** The filter that gives each request its share. A service whose requests call {@link #take} defines it as a bean. */
    public static FilterRegistrationBean<?> filter() {
        return FilterOrder.MEMORY.register(
                new MemoryFilter(new MemoryBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP)));
    }

    /**
     * Takes room for the request of this thread.
     *
     * @throws ProblemException too little is left (503)
     */
    public static void take(long bytes) {
        if (!tryTake(bytes)) {
            throw new ProblemException(Problem.saturated(
                    "The requests in flight hold all the memory that there is for them; try again soon."));
        }
    }

    /** The same without an exception; false if too little is left, and then nothing was taken. */
    public static boolean tryTake(long bytes) {
        RequestMemory current = CURRENT.get();
        return current == null || current.takes(bytes);
    }

    private boolean takes(long bytes) {
        if (!budget.take(bytes)) {
            return false;
        }
        taken += bytes;
        return true;
    }

    /** Opens the share of the request of this thread. */
    static Scope open(MemoryBudget budget) {
        RequestMemory before = CURRENT.get();
        RequestMemory share = new RequestMemory(budget);
        CURRENT.set(share);
        return new Scope(share, before);
    }

    /** The time in which a share is that of its thread. */
    record Scope(RequestMemory share, @Nullable RequestMemory before) implements AutoCloseable {
        @Override
        public void close() {
            share.budget.give(share.taken);
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
