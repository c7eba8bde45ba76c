package dev.mooring.http;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/** Reads the failures of calls and probes. What this module threw has its kind; what the JDK threw is read from its whole chain. */
enum HttpFailures implements FailureClassifier {
    INSTANCE;

    @Override
    public String hint(FailureKind kind) {
        return switch (kind) {
            case AUTHENTICATION_FAILED ->
                "Check the token, or user and password, that this process sends; a rotated one must reach this process.";
            case PERMISSION_DENIED ->
                "Grant the user of this process the rights that it lacks, or let this process through the proxy.";
            case HOST_NOT_ALLOWED ->
                "The server refuses the host of its address as this process has it: add that host to those that the server"
                        + " allows (MLflow: --allowed-hosts).";
            case TOO_MANY_CONNECTIONS ->
                "The server's own pool of connections is used up: give it more, or lower the number of calls at the same time.";
            default -> kind.hint();
        };
    }

    @Override
    public Optional<FailureKind> classify(Throwable error) {
        if (error instanceof HttpCallException ended) {
            return ended.kind();
        }
        if (error instanceof BackendFault) {
            return Optional.of(FailureKind.HTTP_ERROR);
        }
        return error instanceof IOException
                ? ofConnection(error)
                : FailureClassifier.jdk().classify(error);
    }

    /** The kind of an exception of the JDK's client, or of a socket. */
    static Optional<FailureKind> ofConnection(Throwable error) {
        if (isNameWithoutAddress(error)) {
            return Optional.of(FailureKind.NAME_NOT_RESOLVED);
        }
        if (FailureClassifier.causes(error).stream().anyMatch(ProtocolException.class::isInstance)) {
            return Optional.of(FailureKind.PROTOCOL_ERROR);
        }
        // What is left has no type of its own in the JDK's client: "header parser received no bytes" and its like.
        return FailureClassifier.jdk()
                .classify(error)
                .map(kind -> kind == FailureKind.UNKNOWN ? FailureKind.CONNECTION_LOST : kind);
    }

    /** The client says "connect failed" of a host name that has no address, and hides the reason below. */
    static boolean isNameWithoutAddress(Throwable error) {
        return FailureClassifier.causes(error).stream()
                .anyMatch(
                        cause -> cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException);
    }
}
