package dev.mooring.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every area of the interface with every method: one scope each. */
class NeededScopeTest {
    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/livez", "/readyz"})
    void health_needsNone(String path) {
        assertThat(NeededScope.of("GET", path)).isEmpty();
        assertThat(NeededScope.of("POST", path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     /models,                    models:read",
        "HEAD,    /models,                    models:read",
        "GET,     /models/churn/history,      models:read",
        "GET,     /registrations/1,           models:read",
        "POST,    /models/register,           models:write",
        "PUT,     /models/churn/aliases/a,    models:write",
        "PATCH,   /models/churn,              models:write",
        "DELETE,  /models/churn/aliases/a,    models:write",
        "OPTIONS, /models,                    models:write",
        "POST,    /registrations/1,           models:write",
        "GET,     /health/detailed,           ops:read",
        "HEAD,    /health/detailed,           ops:read",
        "GET,     /health/history,            ops:read",
        "GET,     /metrics,                   ops:read",
        "GET,     /ops,                       ops:read",
        "GET,     /ops/breakers,              ops:read",
        "HEAD,    /ops/breakers/database,     ops:read",
        "GET,     /ops/audit,                 ops:read",
        "GET,     /ops/keys,                  ops:read",
        "POST,    /ops/keys,                  ops:act",
        "DELETE,  /ops/keys/1,                ops:act",
        "POST,    /ops/breakers/mlflow/open,  ops:act",
        "PUT,     /ops/anything,              ops:act",
        "OPTIONS, /ops/keys,                  ops:act",
        "POST,    /health/detailed,           ops:act",
        "POST,    /metrics,                   ops:act",
    })
    void call_ofAnArea_needsOneScope(String method, String path, String scope) {
        assertThat(NeededScope.of(method, path).map(Scope::code)).contains(scope);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/unknown",
                "/modelsx",
                "/Models",
                "/opsx",
                "/OPS/keys",
                "/health/",
                "/health/live/x",
                "/metrics/x",
                "/registration",
                "/actuator/env"
            })
    void call_thatIsNotKnown_needsTheMostGuardedScope(String path) {
        assertThat(NeededScope.of("GET", path)).isEqualTo(Optional.of(Scope.OPS_ACT));
        assertThat(NeededScope.of("POST", path)).isEqualTo(Optional.of(Scope.OPS_ACT));
    }
}
