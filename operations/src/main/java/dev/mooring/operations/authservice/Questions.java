package dev.mooring.operations.authservice;

import dev.mooring.settings.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Asks the auth service on threads of its own, for each key one question at a time, whose answer all callers share. Thread-safe. */
final class Questions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
    private static final Outcome FAILED = new Outcome.Unclear(Duration.ofSeconds(1));

    private final Validator validator;
    private final Lanes lanes = new Lanes();
    private final ConcurrentHashMap<KeyHash, CompletableFuture<Outcome>> running = new ConcurrentHashMap<>();

    Questions(Validator validator) {
        this.validator = validator;
    }

    /**
     * Asks for a key, or joins the question that runs already.
     *
     * @param answered takes the answer before any caller sees it; only the caller that begins the question gives it
     * @return empty if too many questions run already
     */
    Optional<CompletableFuture<Outcome>> ask(
            KeyHash hash, Secret key, String address, boolean isKnown, Consumer<Outcome> answered) {
        CompletableFuture<Outcome> mine = new CompletableFuture<>();
        CompletableFuture<Outcome> before = running.putIfAbsent(hash, mine);
        if (before != null) {
            return Optional.of(before);
        }
        boolean begun = lanes.run(
                isKnown,
                within(
                        MDC.getCopyOfContextMap(),
                        () -> settle(hash, mine, answered, () -> validator.ask(key, address))));
        if (!begun) {
            settle(hash, mine, ignored -> {}, () -> FAILED);
        }
        return begun ? Optional.of(mine) : Optional.empty();
    }

    /** Runs work in the logging context of the request that begins it, so that the question carries the ids of that request. */
    private static Runnable within(@Nullable Map<String, String> context, Runnable work) {
        return () -> {
            MDC.setContextMap(context == null ? Map.of() : context);
            try {
                work.run();
            } finally {
                MDC.clear();
            }
        };
    }

    private void settle(
            KeyHash hash, CompletableFuture<Outcome> question, Consumer<Outcome> answered, Supplier<Outcome> asking) {
        Outcome outcome = FAILED;
        try {
            outcome = asking.get();
        } catch (RuntimeException | Error mistake) {
            LOG.error("asking the auth service failed by a defect of this service", mistake);
        } finally {
            answered.accept(outcome);
            running.remove(hash, question);
            question.complete(outcome);
        }
    }

    /** Waits for an answer; empty if there is none in time. */
    static Optional<Outcome> await(CompletableFuture<Outcome> question, Duration most) {
        try {
            return Optional.of(question.get(most.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException notInTime) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public void close() {
        lanes.close();
    }
}
