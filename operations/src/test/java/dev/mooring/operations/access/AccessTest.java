package dev.mooring.operations.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.settings.Secret;
import dev.mooring.spring.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final Optional<Secret> NO_KEY = Optional.empty();
    private static final Access WITH_KEYS = new Access(true, false, SomeKeys.RULES, SomeKeys.withAdmin());
    private static final Access OPEN_TO_ALL = new Access(false, false, SomeKeys.RULES, SomeKeys.withAdmin());
    private static final Access OPEN_ON_THIS_MACHINE = new Access(false, true, SomeKeys.RULES, SomeKeys.withoutAny());

    /** A call for each scope. */
    private enum Call {
        LIST_MODELS("GET", "/models", SomeKeys.MODELS_READ),
        REGISTER("POST", "/models/register", SomeKeys.MODELS_WRITE),
        READ_DETAILED_HEALTH("GET", "/health/detailed", Scope.OPS_READ),
        MAKE_A_KEY("POST", "/ops/keys", Scope.OPS_ACT);

        final String method;
        final String path;
        final Scope needed;

        Call(String method, String path, Scope needed) {
            this.method = method;
            this.path = path;
            this.needed = needed;
        }

        Decision on(Access access, Optional<Secret> key) {
            return access.decide(method, path, key);
        }
    }

    @Test
    void health_withoutKey_isAllowed() {
        assertThat(caller(WITH_KEYS.decide("GET", "/health", NO_KEY))).isEqualTo("anonymous");
    }

    @ParameterizedTest
    @EnumSource
    void call_withoutKey_is401WithHowToSendOne(Call call) {
        Problem problem = problem(call.on(WITH_KEYS, NO_KEY));

        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.detail()).contains("Authorization: Bearer KEY", "X-API-Key: KEY");
    }

    @ParameterizedTest
    @EnumSource
    void call_withTheAdminKey_isAllowedToTheAdmin(Call call) {
        assertThat(call.on(WITH_KEYS, key("admin-key"))).isEqualTo(new Decision.Allowed(SomeKeys.admin()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin-ke", "admin-key1", "Admin-key", "x"})
    void call_withAWrongKey_is401(String wrong) {
        Problem problem = problem(Call.LIST_MODELS.on(WITH_KEYS, key(wrong)));

        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.detail()).startsWith("The key is not valid: ").contains("mooring keys create");
    }

    @ParameterizedTest
    @EnumSource
    void call_withAKey_isAllowedWithItsScopeOnly(Call call) {
        for (Scope scope : SomeKeys.RULES.known()) {
            Decision decision = call.on(WITH_KEYS, key(scope.code()));
            if (scope.equals(call.needed)) {
                assertThat(decision).isEqualTo(new Decision.Allowed(SomeKeys.owner(scope)));
            } else {
                Problem problem = problem(decision);
                assertThat(problem.status()).isEqualTo(403);
                assertThat(problem.code()).isEqualTo("scope_missing");
                assertThat(problem.more()).containsEntry("scope", call.needed.code());
                assertThat(problem.detail()).contains(SomeKeys.owner(scope).name(), call.needed.code());
            }
        }
    }

    @Test
    void callThatNoFeatureDeclares_needsTheMostGuardedScope() {
        assertThat(problem(OPEN_TO_ALL.decide("GET", "/new", NO_KEY)).status()).isEqualTo(401);
        assertThat(problem(WITH_KEYS.decide("GET", "/new", key("models:write"))).more())
                .containsEntry("scope", "ops:act");
        assertThat(caller(WITH_KEYS.decide("GET", "/new", key("ops:act")))).isEqualTo("has ops:act");
    }

    @Test
    void models_withoutKeysAskedFor_areAllowedToAnybody() {
        assertThat(caller(Call.REGISTER.on(OPEN_TO_ALL, NO_KEY))).isEqualTo("anonymous");
        assertThat(caller(Call.REGISTER.on(OPEN_TO_ALL, key("wrong")))).isEqualTo("anonymous");
    }

    @Test
    void models_withoutKeysAskedFor_knowTheOwnerOfAValidKeyWhateverItsScopes() {
        assertThat(caller(Call.REGISTER.on(OPEN_TO_ALL, key("admin-key")))).isEqualTo("admin");
        assertThat(caller(Call.REGISTER.on(OPEN_TO_ALL, key("ops:read")))).isEqualTo("has ops:read");
    }

    @Test
    void operations_reachableFromElsewhere_needAKeyInAnyCase() {
        assertThat(problem(Call.READ_DETAILED_HEALTH.on(OPEN_TO_ALL, NO_KEY)).status())
                .isEqualTo(401);
        assertThat(caller(Call.READ_DETAILED_HEALTH.on(OPEN_TO_ALL, key("ops:read"))))
                .isEqualTo("has ops:read");
        assertThat(problem(Call.MAKE_A_KEY.on(OPEN_TO_ALL, key("ops:read"))).status())
                .isEqualTo(403);
        assertThat(caller(Call.MAKE_A_KEY.on(OPEN_TO_ALL, key("admin-key")))).isEqualTo("admin");
    }

    @ParameterizedTest
    @EnumSource
    void call_reachableFromThisMachineOnlyWithoutKeysAskedFor_needsNone(Call call) {
        assertThat(caller(call.on(OPEN_ON_THIS_MACHINE, NO_KEY))).isEqualTo("anonymous");
    }

    @Test
    void call_withKeysAskedForAndNoneThere_isRefusedWithWhereToLook() {
        Access closed = new Access(true, true, SomeKeys.RULES, SomeKeys.withoutAny());

        assertThat(problem(Call.LIST_MODELS.on(closed, NO_KEY)).detail()).contains("its log says how to set one");
        assertThat(problem(Call.LIST_MODELS.on(closed, key("any"))).status()).isEqualTo(401);
    }

    @Test
    void call_withAKeyThatNobodyCanJudgeYet_is503AndWorthTryingAgain() {
        Access starting = new Access(true, false, SomeKeys.RULES, SomeKeys.notRead());

        Problem problem = problem(Call.LIST_MODELS.on(starting, key("mrg_x")));

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.code()).isEqualTo("database_unavailable");
        assertThat(problem.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(problem(Call.LIST_MODELS.on(starting, key("other"))).status())
                .isEqualTo(401);
        assertThat(caller(Call.MAKE_A_KEY.on(starting, key("admin-key")))).isEqualTo("admin");
    }

    @Test
    void unknownKey_whereAnotherServiceKnowsMore_isAskedForUnlessOperationsNeedIt() {
        Access access = new Access(true, false, SomeKeys.RULES, SomeKeys.withMoreElsewhere());

        assertThat(Call.LIST_MODELS.on(access, key("theirs")))
                .isEqualTo(new Decision.AskElsewhere(Secret.of("theirs"), SomeKeys.MODELS_READ));
        assertThat(Call.REGISTER.on(access, key("theirs"))).isInstanceOf(Decision.AskElsewhere.class);
        for (Call ofOperators : List.of(Call.READ_DETAILED_HEALTH, Call.MAKE_A_KEY)) {
            Problem problem = problem(ofOperators.on(access, key("theirs")));
            assertThat(problem.status()).isEqualTo(401);
            assertThat(problem.detail()).contains("ADMIN_API_KEY", "POST /ops/keys");
        }
    }

    @Test
    void ownKey_isNeverShownToAnotherService() {
        Access access = new Access(true, false, SomeKeys.RULES, SomeKeys.withMoreElsewhere());

        assertThat(caller(Call.LIST_MODELS.on(access, key("admin-key")))).isEqualTo("admin");
        assertThat(problem(Call.LIST_MODELS.on(access, key("ops:read"))).code()).isEqualTo("scope_missing");
        assertThat(problem(Call.LIST_MODELS.on(access, key("mrg_revoked"))).status())
                .isEqualTo(401);
        assertThat(problem(Call.LIST_MODELS.on(access, NO_KEY)).detail()).contains("This call needs a key");
    }

    @Test
    void keyOfAnotherService_opensTheCallsOfItsScopes() {
        Caller theirs = new Caller("auth:ann/k1", Set.of(SomeKeys.MODELS_READ), Optional.empty());
        ValidatedKeys.Verdict valid = new ValidatedKeys.Verdict.Valid(theirs, false);

        assertThat(caller(Access.decide(SomeKeys.MODELS_READ, valid))).isEqualTo("auth:ann/k1");
        assertThat(problem(Access.decide(SomeKeys.MODELS_WRITE, valid)).code()).isEqualTo("scope_missing");
        assertThat(problem(Access.decide(SomeKeys.MODELS_READ, new ValidatedKeys.Verdict.Invalid()))
                        .status())
                .isEqualTo(401);
        Problem unclear = problem(
                Access.decide(SomeKeys.MODELS_READ, new ValidatedKeys.Verdict.Unclear("later", Duration.ofSeconds(9))));
        assertThat(unclear.status()).isEqualTo(503);
        assertThat(unclear.code()).isEqualTo("auth_unavailable");
        assertThat(unclear.retryAfter()).contains(Duration.ofSeconds(9));
    }

    private static Optional<Secret> key(String text) {
        return Optional.of(Secret.of(text));
    }

    private static String caller(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Allowed.class);
        return ((Decision.Allowed) decision).caller().name();
    }

    private static Problem problem(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).problem();
    }
}
