package dev.mooring.failure;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cause chain from the outside in and takes the first exception that it knows: wrappers of clients say less than what
 * they wrap. It matches {@code java.net.http} by class name, so that this module needs nothing but {@code java.base}.
 */
enum JdkFailureClassifier implements FailureClassifier {
    INSTANCE;

    @Override
    public Optional<FailureKind> classify(Throwable error) {
        for (Throwable present : FailureClassifier.causes(error)) {
            if (isCallersOwn(present)) {
                return Optional.empty();
            }
            FailureKind kind = kindOf(present);
            if (kind != FailureKind.UNKNOWN) {
                return Optional.of(kind);
            }
        }
        return Optional.of(FailureKind.UNKNOWN);
    }

    /** The caller gave up: the error says nothing about the dependency. */
    private static boolean isCallersOwn(Throwable error) {
        return error instanceof InterruptedException
                || error instanceof CancellationException
                || error instanceof ClosedByInterruptException
                || (error instanceof InterruptedIOException && !(error instanceof SocketTimeoutException));
    }

    private static FailureKind kindOf(Throwable error) {
        String type = error.getClass().getSimpleName();
        if (error instanceof UnknownHostException || error instanceof UnresolvedAddressException) {
            return FailureKind.NAME_NOT_RESOLVED;
        }
        if (error instanceof SocketTimeoutException) {
            return mentions(error, "connect") ? FailureKind.CONNECT_TIMEOUT : FailureKind.RESPONSE_TIMEOUT;
        }
        if (type.equals("HttpConnectTimeoutException") || error instanceof NoRouteToHostException) {
            return FailureKind.CONNECT_TIMEOUT;
        }
        if (type.equals("HttpTimeoutException") || error instanceof TimeoutException) {
            return FailureKind.RESPONSE_TIMEOUT;
        }
        if (error instanceof ConnectException) {
            return mentions(error, "timed out") ? FailureKind.CONNECT_TIMEOUT : FailureKind.CONNECTION_REFUSED;
        }
        if (error instanceof SSLException) {
            // A TLS socket wraps what broke the connection below it: a reset is no fault of a certificate.
            return isTransport(error.getCause()) ? FailureKind.UNKNOWN : FailureKind.TLS_FAILED;
        }
        if (error instanceof SocketException || error instanceof EOFException) {
            return FailureKind.CONNECTION_LOST;
        }
        return error instanceof RejectedExecutionException ? FailureKind.SATURATED : FailureKind.UNKNOWN;
    }

    private static boolean isTransport(@Nullable Throwable cause) {
        return cause instanceof SocketException
                || cause instanceof SocketTimeoutException
                || cause instanceof EOFException;
    }

    private static boolean mentions(Throwable error, String words) {
        String message = error.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains(words);
    }
}
