package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * An attack on a running service for 5 s ({@code -Dmooring.siege=PT15S} for longer). Meanwhile a fresh connection asks for {@code
 * /health/live} or {@code /health/ready} every 50 ms, and another one registers a version of a model every 200 ms.
 */
final class Siege {
    private static final Duration LASTS = Duration.parse(System.getProperty("mooring.siege", "PT5S"));
    private static final Duration RECOVERS = Duration.ofSeconds(6);
    private static final int GIVEN_UP_AFTER_MILLIS = 3_000;

    private final Served service;
    private final String model;
    private final Queue<Probe> probes = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    /** One strike. Attackers make it again and again; what it throws as IOException counts for nothing, because the service may close. */
    @FunctionalInterface
    interface Attack {
        void strike(Held connections) throws IOException;
    }

    private record Probe(String path, long millis, String answer) {}

    private Siege(Served service, String model) {
        this.service = service;
        this.model = model;
    }

    /** Attacks from {@code attackers} threads, each of which strikes {@code perSecond} times a second; registers versions of {@code model}. */
    static Siege of(Served service, String model, int attackers, int perSecond, Attack attack)
            throws InterruptedException {
        Siege siege = new Siege(service, model);
        List<Held> held = new ArrayList<>();
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(attackers + 3);
        for (int i = 0; i < attackers; i++) {
            Held connections = new Held(service.port());
            held.add(connections);
            threads.scheduleAtFixedRate(
                    () -> strike(attack, connections), 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
        }
        threads.scheduleAtFixedRate(siege::probe, 0, 50, TimeUnit.MILLISECONDS);
        threads.scheduleAtFixedRate(siege::register, 0, 200, TimeUnit.MILLISECONDS);
        long begun = System.nanoTime();
        await().atMost(LASTS.plusSeconds(10)).until(() -> Served.since(begun).compareTo(LASTS) >= 0);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        held.forEach(Held::close);
        return siege;
    }

    private static void strike(Attack attack, Held connections) {
        try {
            attack.strike(connections);
        } catch (IOException closedByTheService) {
            // The next strike opens another one.
        }
    }

    private void probe() {
        String path = asked.getAndIncrement() % 2 == 0 ? "/health/live" : "/health/ready";
        long begun = System.nanoTime();
        String answer;
        try {
            answer = ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        } catch (IOException none) {
            answer = none.toString();
        }
        if (!Thread.currentThread().isInterrupted()) {
            probes.add(new Probe(path, Served.since(begun).toMillis(), answer));
        }
    }

    private void register() {
        String body = "{\"name\":\"" + model + "\",\"source\":\"s3://models/" + model + "\"}";
        try {
            String answer = ask(
                    "POST /models/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                            + Served.ADMIN_KEY + "\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n" + body);
            calls.add(RawCall.status(answer));
            if (RawCall.status(answer) == 201) {
                acknowledged.incrementAndGet();
            }
        } catch (IOException none) {
            calls.add(0);
        }
    }

    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(GIVEN_UP_AFTER_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Each question about health had its answer within {@code limit}. */
    Siege healthAnsweredWithin(Duration limit) {
        long worst = probes.stream().mapToLong(Probe::millis).max().orElseThrow();
        System.out.println("measured worst of " + probes.size() + " health answers while " + model + ": " + worst
                + " ms (at most " + limit.toMillis() + " ms)");
        assertThat(probes).as("answers to /health/live and /health/ready").allSatisfy(probe -> {
            assertThat(probe.answer()).startsWith("HTTP/1.1 200");
            assertThat(probe.millis()).as(probe.path()).isLessThanOrEqualTo(limit.toMillis());
        });
        return this;
    }

    /** At least this share of the registrations was acknowledged, in percent. */
    Siege callsServed(int leastPercent) {
        System.out.println("measured registrations acknowledged while " + model + ": " + acknowledged + " of "
                + calls.size() + " (at least " + leastPercent + " %)");
        assertThat(acknowledged.get() * 100)
                .as("statuses: %s", calls)
                .isGreaterThanOrEqualTo(calls.size() * leastPercent);
        return this;
    }

    /** Six seconds later the service serves as before, and has all that it acknowledged. */
    void leftNoTrace() throws IOException {
        await().atMost(RECOVERS).until(() -> service.status("/health/ready") == 200);
        await().atMost(RECOVERS).untilAsserted(() -> {
            long begun = System.nanoTime();
            register();
            assertThat(calls).last().isEqualTo(201);
            assertThat(Served.since(begun)).isLessThan(Duration.ofSeconds(1));
        });
        int versions = JsonMapper.shared()
                .readTree(service.get("/models/" + model, "Authorization", "Bearer " + Served.ADMIN_KEY)
                        .body())
                .path("latest_version")
                .asInt();
        // A call without an answer may have made one, too.
        assertThat(versions).as("versions made").isBetween(acknowledged.get(), calls.size());
    }
}
