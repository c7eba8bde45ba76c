package dev.mooring.http.settings;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.retry.Backoff;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How to reach one HTTP backend and supervise it, read from settings or set in code. Immutable; the methods with an argument give a
 * changed copy.
 *
 * <pre>{@code
 * HttpSettings ranking = HttpSettings.at("ranking", URI.create("https://ranking.internal/v1"))
 *         .credentials(Credentials.bearer(SecretSource.file(Path.of("/run/secrets/ranking"))))
 *         .limits(limits -> limits.response(Duration.ofSeconds(2)));
 * }</pre>
 *
 * @param name the name of the dependency: 1 to 40 characters of {@code a-z 0-9 -}, beginning with a letter
 * @param enabled whether the dependency is switched on; default true
 * @param address the scheme {@code http} or {@code https}, the host, perhaps a port and a path, which has no slash at its end
 * @param credentials what each call and probe sends; empty by default
 * @param authorities file of the authorities (PEM) that may sign the certificate of an {@code https} backend; empty for those of the JDK
 * @param limits how long calls wait
 * @param connections calls at the same time, and so connections; 1 to 10,000, default 32. Probes have up to three more
 * @param retry the attempts of a call that may be repeated; default 3 in all, after 1 s and 2 s, none later than 30 s after the first
 * @param timing when the supervisor probes it
 * @param breaker when the breaker refuses calls to it
 */
public record HttpSettings(
        String name,
        boolean enabled,
        URI address,
        Optional<Credentials> credentials,
        Optional<Path> authorities,
        HttpLimits limits,
        int connections,
        Backoff retry,
        ProbeTiming timing,
        BreakerSettings breaker) {
    /** The default of {@link #connections}. */
    static final int CONNECTIONS = 32;

    public HttpSettings {
        if (!BackendAddress.isAddress(address)) {
            throw new IllegalArgumentException(
                    "address must be http or https with a host, without user, query, fragment and a slash at its end");
        }
        if (connections < 1 || connections > 10_000) {
            throw new IllegalArgumentException("connections must be 1 to 10000 but is " + connections);
        }
    }

    /** The backend at that address, with the defaults of everything else. A slash at the end of the address does not count. */
    public static HttpSettings at(String name, URI address) {
        return new HttpSettings(
                name,
                true,
                BackendAddress.parse(address.toString()).orElse(address),
                Optional.empty(),
                Optional.empty(),
                new HttpLimits(),
                CONNECTIONS,
                Backoff.exponential(Duration.ofSeconds(1)),
                new ProbeTiming(),
                new BreakerSettings());
    }

    /** The same, switched on or off. */
    public HttpSettings enabled(boolean on) {
        return new HttpSettings(
                name, on, address, credentials, authorities, limits, connections, retry, timing, breaker);
    }

    /** The same with these credentials. */
    public HttpSettings credentials(Credentials sent) {
        return new HttpSettings(
                name, enabled, address, Optional.of(sent), authorities, limits, connections, retry, timing, breaker);
    }

    /** The same, but only these authorities may sign the backend's certificate. */
    public HttpSettings authorities(Path pem) {
        return new HttpSettings(
                name, enabled, address, credentials, Optional.of(pem), limits, connections, retry, timing, breaker);
    }

    /** The same with other limits, for example {@code limits(l -> l.response(Duration.ofSeconds(2)))}. */
    public HttpSettings limits(UnaryOperator<HttpLimits> change) {
        return new HttpSettings(
                name,
                enabled,
                address,
                credentials,
                authorities,
                change.apply(limits),
                connections,
                retry,
                timing,
                breaker);
    }

    /** The same with that many calls at the same time. */
    public HttpSettings connections(int most) {
        return new HttpSettings(name, enabled, address, credentials, authorities, limits, most, retry, timing, breaker);
    }

    /** The same with other attempts, for example {@code retry(r -> r.attempts(2))}. */
    public HttpSettings retry(UnaryOperator<Backoff> change) {
        return new HttpSettings(
                name,
                enabled,
                address,
                credentials,
                authorities,
                limits,
                connections,
                change.apply(retry),
                timing,
                breaker);
    }

    /** The same with other times of the probes. */
    public HttpSettings timing(ProbeTiming other) {
        return new HttpSettings(
                name, enabled, address, credentials, authorities, limits, connections, retry, other, breaker);
    }

    /** The same with another breaker, for example {@code breaker(b -> b.failures(3))}. */
    public HttpSettings breaker(UnaryOperator<BreakerSettings> change) {
        return new HttpSettings(
                name,
                enabled,
                address,
                credentials,
                authorities,
                limits,
                connections,
                retry,
                timing,
                change.apply(breaker));
    }
}
