package dev.mooring.operations.authservice;

import dev.mooring.operations.access.ValidatedKeys;
import dev.mooring.settings.Secret;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * Keys that the auth service validates. Thread-safe.
 *
 * <pre>
 *   age of the last clear answer        a request with the key
 *   0 ──────────── fresh ───────────▶   is allowed; in the last fifth the service asks again meanwhile
 *   TTL ────────── stale ───────────▶   waits up to 1 s for a new answer; without a clear one it is allowed, labelled degraded.
 *                                       After that the key is in doubt: requests no longer wait, and the service asks beside them.
 *   TTL + grace ── forgotten            is like one with a key that was never seen: it waits for a clear answer, else 503
 * </pre>
 *
 * A clear "not valid" ends every row at once.
 */
final class CheckedKeys implements ValidatedKeys, AutoCloseable {
    /** The longest wait of a request whose key would be good enough without an answer. */
    private static final Duration WAIT_WHEN_STALE = Duration.ofSeconds(1);
    /** The pause between questions for a key in doubt. */
    private static final Duration PAUSE_IN_DOUBT = Duration.ofSeconds(1);
    /** What a request needs after the check, to be refused within its deadline. */
    private static final Duration MARGIN = Duration.ofMillis(100);

    /** What a header can carry; no key that is valid has another form. */
    private static final Pattern SENDABLE = Pattern.compile("[!-~]{1,4096}");

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Verdict INVALID = new Verdict.Invalid();

    private final Time time;
    private final Duration ttl;
    private final Duration grace;
    private final Duration timeout;
    private final Validator validator;
    private final KeyCache cache;
    private final Questions questions;
    /** Requests that may wait for an unknown key at a time: each holds a request thread. */
    private final Semaphore waiting;

    private final boolean inUse;

    /**
     * Creates the keys.
     *
     * @param inUse whether the auth service is switched on
     * @param ttl how long an answer counts
     * @param grace how long a key works after that while there is no clear answer
     * @param timeout the longest wait for an answer
     * @param mostWaiting the most requests that wait for the answer to an unknown key at a time
     */
    CheckedKeys(
            boolean inUse,
            Time time,
            Duration ttl,
            Duration grace,
            Duration timeout,
            int mostWaiting,
            Validator validator) {
        this.inUse = inUse;
        this.time = time;
        this.ttl = ttl;
        this.grace = grace;
        this.timeout = timeout;
        this.validator = validator;
        this.cache = new KeyCache(time, ttl.plus(grace));
        this.questions = new Questions(validator);
        this.waiting = new Semaphore(mostWaiting);
    }

    @Override
    public boolean areInUse() {
        return inUse;
    }

    @Override
    public Verdict check(Secret key, String address) {
        if (!SENDABLE.matcher(key.reveal()).matches()) {
            return INVALID;
        }
        KeyHash hash = KeyHash.of(key);
        if (cache.isInvalid(hash)) {
            return INVALID;
        }
        Optional<KnownKey> known = cache.valid(hash);
        if (known.isPresent()) {
            Duration age = Duration.ofNanos(time.nanos() - known.get().validSince());
            if (age.compareTo(ttl) < 0) {
                return fresh(hash, key, address, known.get(), age);
            }
            if (age.compareTo(ttl.plus(grace)) < 0) {
                return stale(hash, key, address, known.get());
            }
        }
        return unknown(hash, key, address);
    }

    private Verdict fresh(KeyHash hash, Secret key, String address, KnownKey known, Duration age) {
        if (age.compareTo(ttl.multipliedBy(4).dividedBy(5)) >= 0 && mayAskAgain(known)) {
            ask(hash, key, address, true);
        }
        return new Verdict.Valid(known.caller(), false);
    }

    private Verdict stale(KeyHash hash, Secret key, String address, KnownKey known) {
        boolean asks = mayAskAgain(known);
        Optional<CompletableFuture<Outcome>> question = asks ? ask(hash, key, address, true) : Optional.empty();
        Duration most = known.inDoubt() || validator.isAway() ? Duration.ZERO : within(WAIT_WHEN_STALE);
        Optional<Verdict> answer =
                question.flatMap(asked -> Questions.await(asked, most)).flatMap(CheckedKeys::clear);
        if (asks && answer.isEmpty()) {
            // Not for a request that did not ask: requests without a pause would put the next question off for ever.
            cache.doubt(hash);
        }
        return answer.orElseGet(() -> new Verdict.Valid(known.caller(), true));
    }

    private boolean mayAskAgain(KnownKey known) {
        return !known.inDoubt() || time.nanos() - known.askedAt() >= PAUSE_IN_DOUBT.toNanos();
    }

    private Verdict unknown(KeyHash hash, Secret key, String address) {
        if (!waiting.tryAcquire()) {
            return new Verdict.Unclear(
                    "Too many keys that this service does not know wait for the auth service.", SOON);
        }
        try {
            Optional<Outcome> outcome =
                    ask(hash, key, address, false).flatMap(asked -> Questions.await(asked, within(timeout)));
            Outcome.Unclear why =
                    outcome.orElse(null) instanceof Outcome.Unclear unclear ? unclear : new Outcome.Unclear(SOON);
            return outcome.flatMap(CheckedKeys::clear)
                    .orElseGet(() -> new Verdict.Unclear(
                            "The auth service gives no clear answer now, and this service does not know the key from"
                                    + " before.",
                            why.retryAfter(),
                            why.kind()));
        } finally {
            waiting.release();
        }
    }

    private Optional<CompletableFuture<Outcome>> ask(KeyHash hash, Secret key, String address, boolean isKnown) {
        long asked = time.nanos();
        return questions.ask(hash, key, address, isKnown, outcome -> cache.keep(hash, outcome, asked));
    }

    private static Optional<Verdict> clear(Outcome outcome) {
        if (outcome instanceof Outcome.Valid valid) {
            return Optional.of(new Verdict.Valid(valid.caller(), false));
        }
        return outcome instanceof Outcome.Invalid ? Optional.of(INVALID) : Optional.empty();
    }

    private static Duration within(Duration most) {
        Duration left = Deadline.cut(most.plus(MARGIN)).minus(MARGIN);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public void close() {
        questions.close();
    }
}
