package dev.mooring.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.settings.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final Secret KEY = Secret.of("the-admin-key");
    private static final Access WITH_KEYS = new Access(true, false, Optional.of(KEY));
    private static final Access OPEN_TO_ALL = new Access(false, false, Optional.of(KEY));
    private static final Access OPEN_ON_THIS_MACHINE = new Access(false, true, Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/livez", "/readyz"})
    void health_withoutKey_isAllowed(String path) {
        assertThat(WITH_KEYS.decide(path, Optional.empty())).isEqualTo(new Decision.Allowed(Caller.ANYBODY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/models", "/models/register", "/registrations/1", "/health/detailed", "/health/history", "/ops/keys",
                "/health/", "/health/live/x", "/modelsx", "/", "", "/unknown"
            })
    void anythingElse_withKeysAskedForAndNone_isRefused(String path) {
        assertThat(WITH_KEYS.decide(path, Optional.empty())).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.keyGiven()).isFalse();
            assertThat(refused.detail()).contains("Authorization: Bearer KEY", "X-API-Key: KEY");
        });
    }

    @Test
    void call_withTheAdminKey_isAllowedToTheAdmin() {
        assertThat(WITH_KEYS.decide("/models", Optional.of(Secret.of("the-admin-key"))))
                .isEqualTo(new Decision.Allowed(Caller.ADMIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"the-admin-ke", "the-admin-key1", "The-admin-key", "x"})
    void call_withAWrongKey_isRefused(String wrong) {
        assertThat(WITH_KEYS.decide("/models", Optional.of(Secret.of(wrong))))
                .isEqualTo(new Decision.Refused(true, "The key is not valid."));
    }

    @Test
    void models_withoutKeysAskedFor_areAllowedToAnybody() {
        assertThat(OPEN_TO_ALL.decide("/models", Optional.empty())).isEqualTo(new Decision.Allowed(Caller.ANYBODY));
    }

    @Test
    void models_withoutKeysAskedFor_knowTheOwnerOfAValidKey() {
        assertThat(OPEN_TO_ALL.decide("/models", Optional.of(KEY))).isEqualTo(new Decision.Allowed(Caller.ADMIN));
    }

    @Test
    void operations_reachableFromElsewhere_needTheKeyInAnyCase() {
        assertThat(OPEN_TO_ALL.decide("/health/detailed", Optional.empty())).isInstanceOf(Decision.Refused.class);
        assertThat(OPEN_TO_ALL.decide("/health/detailed", Optional.of(KEY)))
                .isEqualTo(new Decision.Allowed(Caller.ADMIN));
    }

    @Test
    void operations_reachableFromThisMachineOnly_needNoKey() {
        assertThat(OPEN_ON_THIS_MACHINE.decide("/health/detailed", Optional.empty()))
                .isEqualTo(new Decision.Allowed(Caller.ANYBODY));
    }

    @Test
    void call_withKeysAskedForAndNoneSet_isRefusedWithWhereToLook() {
        Access closed = new Access(true, true, Optional.empty());

        assertThat(closed.isClosedForAll()).isTrue();
        assertThat(closed.decide("/models", Optional.of(KEY)))
                .isInstanceOfSatisfying(Decision.Refused.class, refused -> assertThat(refused.detail())
                        .contains("its log says how to set one"));
    }
}
