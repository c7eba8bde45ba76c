package dev.mooring.operations.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every area with every method needs one scope. */
class ScopeRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/livez", "/readyz"})
    void health_needsNone(String path) {
        assertThat(SomeKeys.RULES.needed("GET", path)).isEmpty();
        assertThat(SomeKeys.RULES.needed("POST", path)).isEmpty();
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
        "GET,     /models/,                   models:read",
    })
    void call_ofAnArea_needsOneScope(String method, String path, String scope) {
        assertThat(SomeKeys.RULES.needed(method, path).map(Scope::code)).contains(scope);
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
                "/metrics",
                "/registration",
                "/actuator/env"
            })
    void call_thatIsNotKnown_needsTheMostGuardedScope(String path) {
        assertThat(SomeKeys.RULES.needed("GET", path)).isEqualTo(Optional.of(Scope.OPS_ACT));
        assertThat(SomeKeys.RULES.needed("POST", path)).isEqualTo(Optional.of(Scope.OPS_ACT));
    }

    @Test
    void nearestDeclaration_counts() {
        Scope secret = new Scope("secrets:read");
        ScopeRules rules = new ScopeRules(List.of(
                EndpointScopes.of(SomeKeys.MODELS_READ, SomeKeys.MODELS_WRITE).below("/models"),
                EndpointScopes.of(secret, secret).below("/models/secret"),
                EndpointScopes.open().at("/models/secret/hint")));

        assertThat(rules.needed("GET", "/models/any/thing")).contains(SomeKeys.MODELS_READ);
        assertThat(rules.needed("GET", "/models/secret/thing")).contains(secret);
        assertThat(rules.needed("POST", "/models/secret/hint")).isEmpty();
        assertThat(rules.needed("GET", "/models/secret/hint/more")).contains(secret);
        assertThat(rules.known())
                .extracting(Scope::code)
                .containsExactly("models:read", "models:write", "ops:read", "ops:act", "secrets:read");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /mlflow/models/search,     models:read",
        "POST,   /mlflow/models/1/latest,   models:read",
        "POST,   /mlflow/models/latest,     models:write",
        "POST,   /mlflow/models//latest,    models:write",
        "POST,   /mlflow/models/1/latest/,  models:write",
        "POST,   /mlflow/models/1/2/latest, models:write",
        "PUT,    /mlflow/models/search,     models:write",
        "GET,    /mlflow/models/search,     models:read",
        "GET,    /mlflow/models/touch,      models:write",
        "HEAD,   /mlflow/models/touch,      models:write",
        "GET,    /mlflow/models/1/touch,    models:read",
        "POST,   /other/models/search,      ops:act",
    })
    void endpoint_needsTheScopeThatItDeclares(String method, String path, String scope) {
        ScopeRules rules = new ScopeRules(List.of(EndpointScopes.of(SomeKeys.MODELS_READ, SomeKeys.MODELS_WRITE)
                .below("/mlflow")
                .readers("POST /mlflow/models/search", "POST /mlflow/models/{id}/latest")
                .writers("GET /mlflow/models/touch")));

        assertThat(rules.needed(method, path).map(Scope::code)).contains(scope);
    }

    @Test
    void endpointWithoutVariables_comesBeforeOneWithThem() {
        ScopeRules rules = new ScopeRules(List.of(EndpointScopes.of(SomeKeys.MODELS_READ, SomeKeys.MODELS_WRITE)
                .readers("POST /models/{id}")
                .writers("POST /models/new")));

        assertThat(rules.needed("POST", "/models/new")).contains(SomeKeys.MODELS_WRITE);
        assertThat(rules.needed("POST", "/models/old")).contains(SomeKeys.MODELS_READ);
        assertThat(rules.needed("POST", "/models/old/new")).contains(Scope.OPS_ACT);
    }

    @Test
    void openEndpoint_needsNoKeyThoughItsRootDoes() {
        ScopeRules rules = new ScopeRules(List.of(
                EndpointScopes.of(SomeKeys.MODELS_READ, SomeKeys.MODELS_WRITE).below("/models"),
                EndpointScopes.open().readers("GET /models/{id}/hint")));

        assertThat(rules.needed("GET", "/models/1/hint")).isEmpty();
        assertThat(rules.needed("GET", "/models/1/hints")).contains(SomeKeys.MODELS_READ);
    }

    @Test
    void ruleOfTheFeature_saysWhichCallsRead() {
        ScopeRules rules = new ScopeRules(List.of(EndpointScopes.of(SomeKeys.MODELS_READ, SomeKeys.MODELS_WRITE)
                .below("/protocol")
                .readingWhere((method, path) -> path.endsWith("/search"))));

        assertThat(rules.needed("POST", "/protocol/search")).contains(SomeKeys.MODELS_READ);
        assertThat(rules.needed("GET", "/protocol/take")).contains(SomeKeys.MODELS_WRITE);
    }

    @Test
    void endpointWithTwoScopes_isRefused() {
        EndpointScopes one = EndpointScopes.of(Scope.OPS_READ, Scope.OPS_ACT)
                .readers("GET /a/{b}")
                .writers("GET /a/{c}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScopeRules(List.of(one)))
                .withMessage("two declarations have the scope of GET /a/{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a",
                "GET",
                "GET a",
                "GET /",
                "GET /a/",
                "get /a",
                "HEAD /a",
                "GET /a/{B}",
                "GET /a{b}",
                "GET  /a"
            })
    void endpointWithoutItsForm_isRefused(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointScopes.open().readers(endpoint));
    }

    @Test
    void pathThatTwoFeaturesDeclare_isRefused() {
        EndpointScopes one = EndpointScopes.of(Scope.OPS_READ, Scope.OPS_ACT).below("/things");
        EndpointScopes other = EndpointScopes.open().below("/things");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScopeRules(List.of(one, other)))
                .withMessage("two features declare the scopes of /things");
    }

    @Test
    void front_canBeOpenWithoutOpeningWhatIsBelow() {
        ScopeRules rules = new ScopeRules(List.of(EndpointScopes.open().at("/")));

        assertThat(rules.needed("GET", "/")).isEmpty();
        assertThat(rules.needed("GET", "/any")).contains(Scope.OPS_ACT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointScopes.open().below("/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "things", "/things/", "//things", "/a//b"})
    void pathWithoutItsForm_isRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointScopes.open().at(path));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointScopes.open().below(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "models", "models:", ":read", "Models:read", "models:read:all", "models read"})
    void scopeWithoutItsForm_isRefused(String code) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Scope(code));
        assertThat(Scope.of(code)).isEmpty();
    }
}
