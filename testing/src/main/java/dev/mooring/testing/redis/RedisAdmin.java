package dev.mooring.testing.redis;

import dev.mooring.embedded.machine.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks one server as a user who may do everything, on a connection for each question. Thread-safe. */
public final class RedisAdmin {
    static final String USER = "mooring-testing";
    private static final int CONNECT_MILLIS = 1_000;
    private static final int ANSWER_MILLIS = 5_000;

    private final String host;
    private final int port;
    private final String password;

    RedisAdmin(String host, int port, String password) {
        this.host = host;
        this.port = port;
        this.password = password;
    }

    /**
     * The answer to a command: a text, a number ({@link Long}), a list of answers, or null.
     *
     * @throws RefusedCommandException the server answered with an error
     * @throws UncheckedIOException no server answers, within 5 s
     */
    public @Nullable Object ask(String... command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            RedisWire wire = new RedisWire(socket);
            wire.ask(List.of("AUTH", USER, password));
            return wire.ask(List.of(command));
        } catch (IOException failed) {
            throw new UncheckedIOException("no answer to " + command[0] + " from " + host + ":" + port, failed);
        }
    }

    /** The answer as a text; {@code null} as an answer becomes the empty text. */
    public String text(String... command) {
        Object answer = ask(command);
        return answer == null ? "" : answer.toString();
    }

    /** The answer as a list. */
    public List<Object> list(String... command) {
        return ask(command) instanceof List<?> answer ? new ArrayList<>(answer) : List.of();
    }

    /** Sets a setting of the running server; the next start does not know it. */
    public void configure(String name, String value) {
        ask("CONFIG", "SET", name, value);
    }

    /** One value of the answer to {@code INFO}; empty if it is not there. */
    public Optional<String> info(String name) {
        return text("INFO", "everything")
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** Waits until an answer is this one; false when the time is up. */
    boolean await(String expected, Duration atMost, String... command) {
        return Waiting.until(
                () -> {
                    try {
                        return text(command).contains(expected);
                    } catch (RefusedCommandException | UncheckedIOException notYet) {
                        return false;
                    }
                },
                atMost);
    }
}
