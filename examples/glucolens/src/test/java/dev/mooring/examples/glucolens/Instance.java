package dev.mooring.examples.glucolens;

import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One instance of the API as a process of its own. */
final class Instance implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Client client;
    private final ChildProcess process;

    private Instance(Client client, ChildProcess process) {
        this.client = client;
        this.process = process;
    }

    /** Starts one on this database; {@code more} variables win. */
    static Instance on(TestPostgres server, Map<String, String> more) {
        int port = FreePort.choose();
        Map<String, String> variables = new HashMap<>(Map.of(
                "DATABASE_HOST", server.host(),
                "DATABASE_PORT", String.valueOf(server.port()),
                "DATABASE_USER", server.admin().user(),
                "DATABASE_PASSWORD", server.admin().password(),
                "MOORING_SHUTDOWN_DRAIN_DELAY", "1",
                "PORT", String.valueOf(port)));
        variables.putAll(more);
        return new Instance(
                new Client(port),
                ChildProcess.java(Glucolens.class.getName())
                        .cleanEnvironment()
                        .environment(variables)
                        .lastSignal(Signal.TERM)
                        .start());
    }

    Client client() {
        return client;
    }

    ChildProcess process() {
        return process;
    }

    Instance awaitReady() {
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("ended early: " + process);
            }
            return isReady();
        });
        return this;
    }

    boolean isReady() throws InterruptedException {
        try {
            return client.get("/health/ready").statusCode() == 200;
        } catch (IOException away) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
