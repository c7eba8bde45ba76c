package dev.mooring.http;

import dev.mooring.diagnosis.BrokenException;
import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Endpoint;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.NetworkPath;
import dev.mooring.diagnosis.Place;
import dev.mooring.diagnosis.Round;
import dev.mooring.diagnosis.Step;
import dev.mooring.diagnosis.TlsTrust;
import dev.mooring.failure.FailureKind;
import dev.mooring.http.settings.HttpSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The examination of an HTTP backend: name, TCP, TLS, credentials, answer, clock. It asks the question of the backend's probe; without one it
 * asks for {@code /}, where any answer of HTTP will do, or not at all.
 */
final class HttpExamination implements Examination {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int FIRST_ERROR_OF_THE_SERVER = 500;
    private static final long MOST_CLOCK_SECONDS = 3;

    private final HttpSettings settings;
    private final Optional<HttpProbe> probe;
    private final boolean asks;
    private final Duration limit;
    private final BackendProbe wire;
    private final NetworkPath path;
    /** The connection. Volatile, as the fields below: each step has a thread of its own. */
    private volatile @Nullable Socket socket;

    private volatile @Nullable HttpReply reply;
    private volatile @Nullable IOException failure;
    private volatile long tookNanos;

    /** Touches no network. {@code asks}: whether it sends a request; {@code limit} is that of each layer. */
    HttpExamination(HttpSettings settings, Optional<HttpProbe> probe, boolean asks, Duration limit) {
        this.settings = settings;
        this.probe = probe;
        this.asks = asks;
        this.limit = limit;
        Authorization authorization = new Authorization(settings.name(), settings.credentials());
        HttpProbe asked = probe.orElseGet(() -> HttpProbe.get("/"));
        this.wire = new BackendProbe(
                asked, settings.address(), authorization, Trust.context(settings.authorities()), settings.limits());
        URI address = settings.address();
        String host = address.getHost().replaceAll("[\\[\\]]", "");
        this.path = new NetworkPath(HttpChecks.NETWORK, List.of(new Endpoint(host, wire.port())), limit);
    }

    @Override
    public String target() {
        return settings.address().toString();
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(settings.address().getHost(), wire.port(), Optional.empty()));
    }

    @Override
    public List<Step> steps() {
        Step tls = step(Layer.TLS, HttpChecks.NETWORK.handshake(), this::connect);
        if (!asks) {
            return List.of(path.name(), path.tcp(), tls);
        }
        return List.of(
                path.name(),
                path.tcp(),
                tls,
                step(Layer.LOG_IN, HttpChecks.ANSWER, this::ask),
                step(Layer.QUERY, HttpChecks.ANSWER, this::judge),
                step(Layer.SETTINGS, HttpChecks.ANSWER, this::clock));
    }

    private Step step(Layer layer, Check otherwise, Step.Work work) {
        return new Step(layer, limit, otherwise, work);
    }

    private void connect(Round round) throws IOException, BrokenException {
        Socket plain = path.connect(round);
        socket = plain;
        if (wire.isSecure()) {
            TlsTrust trust = new TlsTrust(TlsTrust.Verification.AUTHORITY_AND_NAME, settings.authorities());
            socket = path.secure(plain, round, trust);
        } else {
            round.unused("the address begins with http:");
        }
    }

    /** A backend sees the credentials only with the request; what else is wrong with its answer belongs to the next layer. */
    private void ask(Round round) throws IOException, BrokenException {
        Socket connection = Objects.requireNonNull(socket, "the connection");
        round.closeWhenLate(connection);
        connection.setSoTimeout((int) Math.max(1, round.left().toMillis() * 9 / 10));
        long begun = System.nanoTime();
        try {
            HttpReply got = wire.ask(connection);
            reply = got;
            tookNanos = System.nanoTime() - begun;
            if (probe.isPresent() && (got.status() == UNAUTHORIZED || got.status() == FORBIDDEN)) {
                String sent = settings.credentials().isPresent() ? "the credentials" : "a request without credentials";
                throw HttpChecks.CREDENTIALS.broken("the backend refuses " + sent + " with status " + got.status());
            }
        } catch (IOException failed) {
            failure = failed;
        }
        if (settings.credentials().isEmpty()) {
            round.unused("no credentials are set");
        } else if (reply != null) {
            round.saw("the credentials are accepted");
        } else {
            round.unused("the credentials go with the request");
        }
    }

    private void judge(Round round) throws BrokenException {
        IOException failed = failure;
        if (failed != null) {
            FailureKind kind = HttpFailures.ofConnection(failed).orElse(FailureKind.UNKNOWN);
            Check check =
                    switch (kind) {
                        case RESPONSE_TIMEOUT -> HttpChecks.ANSWER;
                        case PROTOCOL_ERROR -> HttpChecks.SPEAKS;
                        default -> HttpChecks.HANG_UP;
                    };
            String how = wire.isSecure() ? " (with TLS)" : " (without TLS)";
            throw check.broken(Ending.words(failed) + (check.equals(HttpChecks.HANG_UP) ? how : ""));
        }
        HttpReply got = Objects.requireNonNull(reply, "the answer");
        round.saw(String.format(Locale.ROOT, "status %d in %.1f ms", got.status(), tookNanos / 1e6));
        if (probe.isPresent()) {
            content(got, probe.get());
        } else if (got.status() >= FIRST_ERROR_OF_THE_SERVER) {
            throw HttpChecks.SERVER.broken("the backend answers with status " + got.status());
        }
    }

    private static void content(HttpReply got, HttpProbe probe) throws BrokenException {
        try {
            Exchange.checked(got, probe.check());
        } catch (UnexpectedReplyException unexpected) {
            Check check = got.isSuccess() ? HttpChecks.CONTENT : ofStatus(got.status());
            throw check.broken(String.valueOf(unexpected.getMessage()));
        }
    }

    private static Check ofStatus(int status) {
        return switch (status) {
            case NOT_FOUND -> HttpChecks.PATH;
            case TOO_MANY -> HttpChecks.BUSY;
            default -> status >= FIRST_ERROR_OF_THE_SERVER ? HttpChecks.SERVER : HttpChecks.CONTENT;
        };
    }

    private void clock(Round round) {
        String date = Objects.requireNonNull(reply, "the answer").header("Date").orElse("");
        try {
            Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            long apart = Duration.between(theirs, Instant.now()).toSeconds();
            if (Math.abs(apart) >= MOST_CLOCK_SECONDS) {
                round.warn(
                        HttpChecks.CLOCK,
                        "the backend's clock is " + Math.abs(apart) + " s " + (apart > 0 ? "behind" : "ahead"));
            } else {
                round.saw("clocks " + Math.abs(apart) + " s apart");
            }
        } catch (DateTimeParseException none) {
            round.unused("the backend does not tell its time");
        }
    }

    @Override
    public void close() {
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ended) {
                // The backend ended it before.
            }
        }
    }
}
