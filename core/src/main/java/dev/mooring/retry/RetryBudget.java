package dev.mooring.retry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the extra load that retries put on a dependency, because that load turns a slow dependency into a dead one: all callers
 * together may retry a share of the calls made, 10 % by default. A quiet service may retry too: the budget gives ten retries in
 * advance, and the first calls earn nothing until they have paid for these. Thread-safe and lock-free.
 *
 * <p>The idea is that of the retry budgets of Finagle and of the throttle in gRPC's retry design (A6).
 */
public final class RetryBudget {
    /** The share of calls that may be retried unless said otherwise. */
    public static final double DEFAULT_SHARE = 0.1;

    private static final int IN_ADVANCE = 10;
    private static final int AT_MOST_SAVED = 100;
    /** What one retry costs; a call earns the share of it. */
    private static final long COST = 1_000;

    private final long earnings;
    /** Calls that still earn nothing, because the budget gave their retries in advance. */
    private final AtomicLong unpaid;

    private final AtomicLong balance = new AtomicLong(IN_ADVANCE * COST);
    private final LongAdder exhausted = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /**
     * A fresh budget.
     *
     * @param share retries for each call; 0 (never retry) to 1
     */
    public RetryBudget(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0 to 1 but is " + share);
        }
        this.earnings = Math.round(share * COST);
        this.unpaid = new AtomicLong(earnings == 0 ? 0 : IN_ADVANCE * COST / earnings);
        if (earnings == 0) {
            balance.set(0);
        }
    }

    /** Counts the first attempt of a call, which earns a share of a retry. */
    public void callMade() {
        if (unpaid.get() > 0 && unpaid.getAndDecrement() > 0) {
            return;
        }
        if (balance.get() < AT_MOST_SAVED * COST) {
            balance.getAndAdd(earnings);
        }
    }

    /** Takes the price of one retry. False when the budget cannot pay: then do not retry. */
    public boolean tryRetry() {
        long before = balance.get();
        while (before >= COST) {
            if (balance.compareAndSet(before, before - COST)) {
                return true;
            }
            before = balance.get();
        }
        exhausted.increment();
        return false;
    }

    /** A retry that was paid for has ended. */
    void ended(boolean well) {
        (well ? succeeded : failed).increment();
    }

    /** How many retries succeeded. */
    public long succeeded() {
        return succeeded.sum();
    }

    /** How many retries failed, or were refused because the breaker had opened meanwhile. */
    public long failed() {
        return failed.sum();
    }

    /** How many retries the budget did not pay. */
    public long exhausted() {
        return exhausted.sum();
    }
}
