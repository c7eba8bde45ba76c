package dev.mooring.postgres.connect;

import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How to open a connection.
 *
 * @param purpose the purpose of the connection
 * @param connectTimeout the limit of the TCP connect
 * @param answerTimeout the longest wait for an answer, log-in included; zero means no limit
 * @param socketMade receives each socket before it connects, so that another thread can close it
 * @param connected runs when the TCP connection stands
 * @param attempts receives each attempt
 */
public record OpenRequest(
        Purpose purpose,
        Duration connectTimeout,
        Duration answerTimeout,
        Consumer<Socket> socketMade,
        Runnable connected,
        AttemptListener attempts) {
    /** The same without a report of attempts, for a log-in that may fail. */
    OpenRequest asLook() {
        return new OpenRequest(purpose, connectTimeout, answerTimeout, socketMade, connected, attempt -> {});
    }

    /** A request whose only listener is {@code attempts}. */
    static OpenRequest of(Purpose purpose, Duration connectTimeout, Duration answerTimeout, AttemptListener attempts) {
        return new OpenRequest(purpose, connectTimeout, answerTimeout, socket -> {}, () -> {}, attempts);
    }
}
