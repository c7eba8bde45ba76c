package dev.mooring.http;

import dev.mooring.http.settings.HttpLimits;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeAttempt;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Asks the backend on a socket of its own, from the name lookup on: the JDK's client can neither promise a new connection nor tell when it has
 * one. The supervisor ends a probe by closing its socket. Thread-safe.
 */
final class BackendProbe implements Probe {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final HttpProbe probe;
    private final URI backend;
    private final Authorization authorization;
    private final SSLContext trust;
    private final HttpLimits limits;

    BackendProbe(HttpProbe probe, URI backend, Authorization authorization, SSLContext trust, HttpLimits limits) {
        this.probe = probe;
        this.backend = backend;
        this.authorization = authorization;
        this.trust = trust;
        this.limits = limits;
    }

    @Override
    public ProbeAnswer ask(ProbeAttempt attempt) throws HttpCallException {
        Exchange.checked(reply(attempt), probe.check());
        return ProbeAnswer.well();
    }

    private HttpReply reply(ProbeAttempt attempt) throws HttpCallException {
        try (Socket socket = new Socket()) {
            attempt.onAbandon(socket);
            Socket connection = connect(socket, attempt);
            attempt.connected();
            return ask(connection);
        } catch (IOException failed) {
            throw new Ending(HttpCall.get(probe.target()), backend).failed(failed);
        }
    }

    /** Asks on this connection, which is encrypted where the backend's address says so. */
    HttpReply ask(Socket connection) throws IOException {
        connection.getOutputStream().write(request().getBytes(StandardCharsets.ISO_8859_1));
        return WireReply.read(connection.getInputStream());
    }

    private Socket connect(Socket socket, ProbeAttempt attempt) throws IOException {
        InetSocketAddress address = new InetSocketAddress(backend.getHost(), port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(backend.getHost());
        }
        socket.connect(address, millis(attempt.connectTimeout(), limits.connect()));
        socket.setSoTimeout(millis(attempt.timeout(), limits.response()));
        socket.setTcpNoDelay(true);
        return isSecure() ? secured(socket) : socket;
    }

    private Socket secured(Socket socket) throws IOException {
        String host = backend.getHost().replaceAll("[\\[\\]]", "");
        SSLSocket secure = (SSLSocket) trust.getSocketFactory().createSocket(socket, host, port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private String request() {
        StringBuilder text = new StringBuilder();
        text.append("GET ").append(backend.getRawPath()).append(probe.target()).append(" HTTP/1.1\r\n");
        text.append("Host: ").append(backend.getHost());
        text.append(backend.getPort() < 0 ? "" : ":" + backend.getPort()).append("\r\n");
        authorization.value().ifPresent(value -> text.append(Authorization.HEADER + ": ")
                .append(value)
                .append("\r\n"));
        return text.append("Accept: application/json\r\nUser-Agent: mooring\r\nConnection: close\r\n\r\n")
                .toString();
    }

    boolean isSecure() {
        return backend.getScheme().toLowerCase(Locale.ROOT).equals("https");
    }

    int port() {
        int standard = isSecure() ? HTTPS : HTTP;
        return backend.getPort() < 0 ? standard : backend.getPort();
    }

    private static int millis(Duration one, Duration other) {
        return (int) Math.max(1, Math.min(one.toMillis(), other.toMillis()));
    }
}
