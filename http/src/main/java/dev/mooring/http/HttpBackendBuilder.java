package dev.mooring.http;

import dev.mooring.DependencyBuilder;
import dev.mooring.http.settings.HttpSettings;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Describes a supervised backend over HTTP. Not thread-safe. */
public final class HttpBackendBuilder {
    private final HttpSettings settings;
    private @Nullable HttpProbe probe;
    private UnaryOperator<DependencyBuilder> change = UnaryOperator.identity();

    HttpBackendBuilder(HttpSettings settings) {
        this.settings = settings;
    }

    /** Sets how the supervisor checks the backend. Default is no probe: then outcomes of calls decide. */
    public HttpBackendBuilder probe(HttpProbe how) {
        probe = how;
        return this;
    }

    /** Changes the dependency itself, for example {@code DependencyBuilder::optional}. */
    public HttpBackendBuilder dependency(UnaryOperator<DependencyBuilder> how) {
        change = how;
        return this;
    }

    /**
     * The backend; touches no network.
     *
     * @throws IllegalArgumentException the file of authorities holds no certificates that can be read
     */
    public HttpBackend build() {
        return new HttpBackend(this);
    }

    HttpSettings settings() {
        return settings;
    }

    Optional<HttpProbe> probe() {
        return Optional.ofNullable(probe);
    }

    UnaryOperator<DependencyBuilder> change() {
        return change;
    }
}
