package dev.mooring.http;

import dev.mooring.Mooring;
import dev.mooring.health.DependencyHealth;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.retry.Backoff;
import dev.mooring.testing.http.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A backend as a service has it, and the scripted server that it calls. */
final class Rig implements AutoCloseable {
    static final Duration SHORT = Duration.ofMillis(300);
    /** Long enough for a loaded machine. */
    static final Duration LONG = Duration.ofSeconds(20);

    final ScriptedServer server;
    final HttpBackend backend;
    final Mooring mooring;

    private Rig(ScriptedServer server, HttpBackendBuilder plan) {
        this.server = server;
        this.backend = plan.build();
        this.mooring = Mooring.supervise(backend.dependency());
    }

    /** A backend without a probe that waits long for its server. */
    static Rig patient() {
        return with(settings -> settings.limits(limits -> limits.response(LONG).idle(LONG)));
    }

    /** A backend without a probe that waits 0.3 s for its server. */
    static Rig hasty() {
        return with(settings -> settings);
    }

    static Rig with(UnaryOperator<HttpSettings> change) {
        ScriptedServer server = ScriptedServer.start();
        return new Rig(server, HttpBackend.with(change.apply(settings(server.uri()))));
    }

    /** A backend with this probe. */
    static Rig probed(HttpProbe probe, UnaryOperator<HttpSettings> change) {
        ScriptedServer server = ScriptedServer.start();
        return new Rig(
                server,
                HttpBackend.with(change.apply(settings(server.uri())))
                        .probe(probe)
                        .dependency(dependency -> dependency.optional()));
    }

    /** Settings of a backend at this address: three attempts after short waits, 0.3 s for an answer. */
    static HttpSettings settings(URI address) {
        return HttpSettings.at("ranking", address)
                .limits(limits -> limits.response(SHORT).idle(SHORT))
                .retry(standard -> Backoff.exponential(Duration.ofMillis(10)))
                .breaker(breaker -> breaker.failures(1_000));
    }

    DependencyHealth health() {
        return mooring.health().dependency("ranking").orElseThrow();
    }

    @Override
    public void close() {
        mooring.close();
        backend.close();
        server.close();
    }
}
