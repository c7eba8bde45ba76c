package dev.mooring.registry.service;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the health of a service again and again on a thread of its own, and counts the answers. Thread-safe. */
final class HealthPoll implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Pattern WORD = Pattern.compile("^\\{\"status\":\"(\\w+)\"");

    private final Served service;
    private final Map<String, Long> answers = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /** The polling thread writes it, the test's thread reads it. */
    private volatile String last = "";

    private HealthPoll(Served service) {
        this.service = service;
    }

    static HealthPoll of(Served service) {
        HealthPoll poll = new HealthPoll(service);
        poll.thread.scheduleWithFixedDelay(poll::ask, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return poll;
    }

    private void ask() {
        String answer;
        try {
            HttpResponse<String> response = service.get("/health");
            Matcher word = WORD.matcher(response.body());
            answer = response.statusCode() + " " + (word.find() ? word.group(1) : response.body());
        } catch (IOException none) {
            answer = "no answer";
        }
        last = answer;
        answers.merge(answer, 1L, Long::sum);
    }

    /** How often each answer came: status and word, as in {@code 200 healthy}. */
    Map<String, Long> answers() {
        return answers;
    }

    /** The latest answer. */
    String last() {
        return last;
    }

    long count() {
        return answers.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The share of this answer in all answers, in percent. */
    double share(String answer) {
        return 100.0 * answers.getOrDefault(answer, 0L) / count();
    }

    /** Returns after the last answer. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(15, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the last request for health has no answer yet");
        }
    }
}
