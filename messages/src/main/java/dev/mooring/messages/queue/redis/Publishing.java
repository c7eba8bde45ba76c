package dev.mooring.messages.queue.redis;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.messages.Result;
import dev.mooring.messages.queue.Envelope;
import dev.mooring.redis.RedisSession;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Adds messages to a stream in one round trip, and asks a replica for a receipt in a second one, where there are replicas. In a cluster it
 * talks to the node that has the stream, and follows it when it moves. Thread-safe.
 */
final class Publishing {
    private static final int MOST_MOVES = 3;

    private final String stream;
    private final FailureClassifier classifier;
    private final Duration limit;
    private final Replicas replicas = new Replicas(Time.system());

    Publishing(String stream, FailureClassifier classifier, Duration limit) {
        this.stream = stream;
        this.classifier = FailureClassifier.fenced(classifier);
        this.limit = limit;
    }

    /** What became of each message, and the first failure. */
    record Outcome(List<Result> results, Optional<Throwable> failure) {}

    Outcome publish(RedisSession session, List<Envelope> messages) {
        Home home = Home.known(stream);
        if (isAlone(session, home)) {
            return none(messages);
        }
        List<CompletableFuture<String>> added = List.of();
        for (int move = 0; move < MOST_MOVES; move++) {
            Addition addition = new Addition(home, messages);
            added = addition.answers;
            addition.send(session);
            Optional<Home> next = failure(added).flatMap(failed -> Home.told(stream, failed));
            if (next.isEmpty()) {
                return confirmed(session, addition);
            }
            home = next.get();
        }
        return outcome(added, Optional.empty());
    }

    /** Asks before it adds anything, while the last answer was that the replicas have gone: else each attempt would add a copy. */
    private boolean isAlone(RedisSession session, Home home) {
        if (!replicas.haveJustGone()) {
            return false;
        }
        boolean some = replicas.note(session.ask(redis -> home.on(redis).role(), Deadline.cut(limit)));
        return !some && replicas.haveJustGone();
    }

    private static RedisException alone() {
        return new RedisCommandTimeoutException(
                "the replicas of the server have just gone; another server may be the primary");
    }

    private Outcome none(List<Envelope> messages) {
        RedisException why = alone();
        return new Outcome(messages.stream().map(message -> result(why)).toList(), Optional.of(why));
    }

    /** One attempt, whose answers may be missing. */
    private final class Addition {
        final Home home;
        final List<Envelope> messages;
        final List<CompletableFuture<String>> answers = new ArrayList<>();

        /** The replicas of the server as it names them; empty when it did not say. */
        CompletableFuture<List<Object>> role = CompletableFuture.completedFuture(List.of());

        Addition(Home home, List<Envelope> messages) {
            this.home = home;
            this.messages = messages;
        }

        void send(RedisSession session) {
            try {
                int count = session.ask(
                        redis -> {
                            Home.Node node = home.on(redis);
                            for (Envelope message : messages) {
                                answers.add(node.add(Fields.of(message)));
                            }
                            role = node.role().exceptionally(mayNotAsk -> List.of());
                            return ended();
                        },
                        Deadline.cut(limit));
                assert count == answers.size();
            } catch (RedisException failed) {
                // Each answer that is there stays.
                answers.forEach(answer -> answer.completeExceptionally(failed));
                while (answers.size() < messages.size()) {
                    answers.add(CompletableFuture.failedFuture(failed));
                }
            }
        }

        /** Completes when all answers are there, with a failure among them if there is one: the session looks at it. */
        private CompletableFuture<Integer> ended() {
            List<CompletableFuture<?>> all = new ArrayList<>(answers);
            all.add(role);
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenApply(nothing -> answers.size());
        }

        boolean hasReplicas() {
            return replicas.note(role.getNow(List.of()));
        }
    }

    private Outcome confirmed(RedisSession session, Addition addition) {
        boolean nothingAdded = addition.answers.stream().allMatch(CompletableFuture::isCompletedExceptionally);
        if (nothingAdded) {
            return outcome(addition.answers, Optional.empty());
        }
        if (!addition.hasReplicas()) {
            return outcome(addition.answers, replicas.haveJustGone() ? Optional.of(alone()) : Optional.empty());
        }
        Duration wait = Deadline.cut(limit).dividedBy(2).plusMillis(1);
        try {
            long replicas = session.ask(redis -> addition.home.on(redis).confirm(wait), Deadline.cut(limit));
            return outcome(
                    addition.answers,
                    replicas > 0
                            ? Optional.empty()
                            : Optional.of(new RedisCommandTimeoutException(
                                    "no replica confirmed the message within " + wait.toMillis() + " ms")));
        } catch (RedisException failed) {
            return outcome(addition.answers, Optional.of(failed));
        }
    }

    /** @param unconfirmed why messages that were added do not count as published */
    private Outcome outcome(List<CompletableFuture<String>> added, Optional<Throwable> unconfirmed) {
        List<Result> results = added.stream()
                .map(one -> failure(one).or(() -> unconfirmed).map(this::result).orElseGet(Result::delivered))
                .toList();
        return new Outcome(results, failure(added).or(() -> unconfirmed));
    }

    private Result result(Throwable failed) {
        String message = Failure.oneLine(failed);
        if (Home.isAboutSlots(failed)) {
            return new Result.Later(FailureKind.STARTING_UP, message);
        }
        return classifier
                .classify(failed)
                .<Result>map(kind -> new Result.Later(kind, message))
                .orElseGet(() -> new Result.Refused(FailureKind.PROTOCOL_ERROR, message));
    }

    private static Optional<Throwable> failure(List<CompletableFuture<String>> all) {
        return all.stream().flatMap(one -> failure(one).stream()).findFirst();
    }

    private static Optional<Throwable> failure(CompletableFuture<String> one) {
        if (!one.isCompletedExceptionally()) {
            return one.isDone() ? Optional.empty() : Optional.of(new RedisCommandTimeoutException("no answer"));
        }
        try {
            one.join();
            return Optional.empty();
        } catch (CompletionException wrapped) {
            return Optional.ofNullable(wrapped.getCause()).or(() -> Optional.of(wrapped));
        } catch (RuntimeException failed) {
            return Optional.of(failed);
        }
    }
}
