package dev.mooring.postgres.connect;

import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a connection is to be opened.
 *
 * @param purpose what it is for
 * @param connectTimeout the limit of the TCP connect
 * @param answerTimeout the longest wait for an answer, log-in included; zero is none
 * @param socketMade is told each socket before it connects, so that it can be closed from elsewhere
 * @param connected is told when TCP stands
 * @param attempts is told each attempt
 */
public record OpenRequest(
        Purpose purpose,
        Duration connectTimeout,
        Duration answerTimeout,
        Consumer<Socket> socketMade,
        Runnable connected,
        AttemptListener attempts) {
    /** The same as a mere look: that it fails is no news. */
    OpenRequest asLook() {
        return new OpenRequest(purpose, connectTimeout, answerTimeout, socketMade, connected, attempt -> {});
    }

    /** One that nobody watches but the log. */
    static OpenRequest of(Purpose purpose, Duration connectTimeout, Duration answerTimeout, AttemptListener attempts) {
        return new OpenRequest(purpose, connectTimeout, answerTimeout, socket -> {}, () -> {}, attempts);
    }
}
