package dev.mooring.applications.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/**
 * How a process of an application ended: after SIGTERM where it has a web server, else by itself when its work was done.
 *
 * @param hadRequest whether there was a request in flight
 * @param answered whether the request in flight was answered; true if there was none
 * @param took from the signal, or from the end of the start, until the process had ended
 */
record Ending(boolean hadRequest, boolean answered, Duration took) {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_END = Duration.ofSeconds(45);
    private static final String IN_FLIGHT = "select count(*) from pg_stat_activity"
            + " where datname = current_database() and query like 'select pg_sleep%'";

    /** Starts the application in a process of its own, and ends it in the middle of a request. */
    static Ending of(Kind kind, Variant variant, Database database) throws InterruptedException {
        int port = FreePort.choose();
        List<String> words = new ArrayList<>(List.of(kind.name(), variant.name(), "--server.port=" + port));
        words.addAll(database.arguments());
        try (ChildProcess process = started(kind, port, words)) {
            boolean hasRequest = kind.isWeb() && kind != Kind.WEB_FLUX;
            CompletableFuture<Boolean> request = CompletableFuture.completedFuture(true);
            if (hasRequest) {
                request = CompletableFuture.supplyAsync(() -> answers(port));
                Awaitility.await().until(() -> !database.ask(IN_FLIGHT).equals("0"));
            }
            long began = System.nanoTime();
            if (kind.isWeb()) {
                process.signal(Signal.TERM);
            }
            process.awaitExit(LONGEST_END);
            return new Ending(hasRequest, request.join(), Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private static ChildProcess started(Kind kind, int port, List<String> words) throws InterruptedException {
        Trial.STARTS.acquire();
        ChildProcess process = ChildProcess.java(Launch.class.getName(), words.toArray(String[]::new))
                .start();
        try {
            if (kind.isWeb()) {
                Awaitility.await().atMost(LONGEST_START).untilAsserted(() -> assertThat(status(port))
                        .as(process::toString)
                        .isEqualTo(200));
            } else {
                process.awaitLine(Launch.STARTED, LONGEST_START);
            }
            return process;
        } catch (AssertionError | RuntimeException notStarted) {
            process.close();
            throw notStarted;
        } finally {
            Trial.STARTS.release();
        }
    }

    private static int status(int port) throws InterruptedException {
        Timed<Integer> look = Timed.call(
                Duration.ofSeconds(2), () -> Running.send(Running.request(port, "/actuator/health/readiness"))
                        .statusCode());
        return look.result().orElse(0);
    }

    private static boolean answers(int port) {
        try {
            return Running.send(Running.request(port, "/slow")).statusCode() == 200;
        } catch (IOException lost) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String toString() {
        String request = hadRequest ? (answered ? "request answered, " : "request lost, ") : "";
        return request + "ended after " + Timed.text(took);
    }
}
