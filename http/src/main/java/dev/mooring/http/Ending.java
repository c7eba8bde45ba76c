package dev.mooring.http;

import dev.mooring.failure.FailureKind;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the end of an exchange without a reply into the exception that says what the backend can have done.
 *
 * @param call the call that ended
 * @param backend the backend's address, for the message
 */
record Ending(HttpCall call, URI backend) {

    /** No time was left when the call began. */
    NotSentException withoutTime() {
        return new NotSentException(said("no time was left to send it"), null, null);
    }

    /** The exchange was not over when {@code limit} passed. */
    OutcomeUnknownException late(Duration limit) {
        HttpTimeoutException late = new HttpTimeoutException("no whole answer in " + limit.toMillis() + " ms");
        return unknown(late);
    }

    /** The calling thread was interrupted, which says nothing against the backend. */
    OutcomeUnknownException interrupted(InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        return new OutcomeUnknownException(said("interrupted"), null, interrupt);
    }

    /** This process closed the backend, which says nothing against it. */
    OutcomeUnknownException closed(CancellationException end) {
        return new OutcomeUnknownException(said("this process closed the backend"), null, end);
    }

    /** The client of the JDK ended the exchange with {@code error}. */
    HttpCallException failed(Throwable error) {
        Throwable cause = unwrapped(error);
        return wasBeforeTheRequest(cause)
                ? new NotSentException(said(words(cause)), kind(cause), cause)
                : unknown(cause);
    }

    /** The request may have arrived. */
    OutcomeUnknownException unknown(Throwable cause) {
        return new OutcomeUnknownException(said(words(cause)), kind(cause), cause);
    }

    private static @Nullable FailureKind kind(Throwable cause) {
        return HttpFailures.ofConnection(cause).orElse(null);
    }

    private static Throwable unwrapped(Throwable error) {
        boolean wrapper = error instanceof ExecutionException || error instanceof CompletionException;
        return wrapper && error.getCause() != null ? error.getCause() : error;
    }

    /** A connect, or a handshake that only then would have carried the request. */
    private static boolean wasBeforeTheRequest(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof SSLHandshakeException;
    }

    /** Words that hold nothing of what a server sent: they stand in health, which may be public. */
    static String words(Throwable cause) {
        FailureKind kind = HttpFailures.ofConnection(cause).orElse(FailureKind.UNKNOWN);
        return switch (kind) {
            case NAME_NOT_RESOLVED -> "its host name has no address";
            case CONNECTION_REFUSED -> "connection refused";
            case CONNECT_TIMEOUT -> "no connection in time";
            case CONNECTION_LOST -> "the connection ended before the whole answer";
            case PROTOCOL_ERROR -> cause instanceof BadReplyException ? message(cause) : "the answer is not HTTP";
            default -> message(cause);
        };
    }

    private static String message(Throwable cause) {
        return Optional.ofNullable(cause.getMessage())
                .orElseGet(() -> cause.getClass().getSimpleName());
    }

    private String said(String what) {
        return call + " at " + backend + ": " + what;
    }
}
