package dev.mooring.operations.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.Scope;
import dev.mooring.settings.Secret;
import dev.mooring.time.Time;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final KeyRing ring = new KeyRing(Time.of(now::get, System::nanoTime));
    private final Secret text = KeyText.random();
    private final StoredKey key = key("ci", Optional.of(START.plusSeconds(60)));

    @Test
    void key_beforeTheFirstReading_isUndecided() {
        assertThat(ring.isUndecided(text)).isTrue();
        assertThat(ring.owner(text)).isEmpty();
        assertThat(ring.areNone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mrg_", "mrg_short", "admin", "MRG_0123456789012345678901234567890123456789012"})
    void text_thatIsNoKeyOfOurs_isNeverUndecided(String other) {
        assertThat(ring.isUndecided(Secret.of(other))).isFalse();
    }

    @Test
    void key_thatWasRead_hasItsOwner() {
        ring.replace(Map.of(KeyText.hash(text), key));

        assertThat(ring.owner(text)).contains(new Caller("ci/" + key.id(), Set.of(Scope.OPS_READ), key.expiresAt()));
        assertThat(ring.owner(KeyText.random())).isEmpty();
        assertThat(ring.isUndecided(KeyText.random())).isFalse();
    }

    @Test
    void key_expiresByItself() {
        ring.replace(Map.of(KeyText.hash(text), key));
        now.set(START.plusSeconds(60).minusNanos(1));
        assertThat(ring.owner(text)).isPresent();

        now.set(START.plusSeconds(60));

        assertThat(ring.owner(text)).isEmpty();
    }

    @Test
    void key_thatWasNotReadAgain_isGone() {
        ring.replace(Map.of(KeyText.hash(text), key));

        ring.replace(Map.of());

        assertThat(ring.owner(text)).isEmpty();
        assertThat(ring.areNone()).isTrue();
    }

    @Test
    void key_madeAndRevokedHere_isKnownAtOnce() {
        ring.replace(Map.of());

        ring.add(KeyText.hash(text), key);
        assertThat(ring.owner(text)).isPresent();

        ring.remove(key.id());
        assertThat(ring.owner(text)).isEmpty();
    }

    @Test
    void key_madeBeforeTheFirstReading_leavesTheOthersUndecided() {
        ring.add(KeyText.hash(text), key);

        assertThat(ring.isUndecided(KeyText.random())).isTrue();
    }

    @Test
    void lastUse_isKeptWhenTheKeysAreReadAgain_andWrittenOnce() {
        ring.replace(Map.of(KeyText.hash(text), key));
        assertThat(ring.lastUses()).isEmpty();

        ring.owner(text);
        ring.owner(KeyText.random());
        ring.replace(Map.of(KeyText.hash(text), key));

        assertThat(ring.lastUses()).isEqualTo(Map.of(key.id(), START));
        assertThat(ring.newUses()).isEqualTo(Map.of(key.id(), START));
        assertThat(ring.newUses()).isEmpty();
        now.set(START.plusSeconds(1));
        ring.owner(text);
        assertThat(ring.newUses()).isEqualTo(Map.of(key.id(), START.plusSeconds(1)));
    }

    @Test
    void keyOfOurs_cutOffOrInQuotes_isNoneForAnotherService() {
        String whole = text.reveal();

        for (String meant : new String[] {whole, whole.substring(0, 46), whole + ",", '"' + whole + '"', "mrg_"}) {
            assertThat(ring.looksLikeOne(Secret.of(meant))).as(meant).isTrue();
        }
        assertThat(ring.looksLikeOne(Secret.of("key-of-mrg_x"))).isFalse();
    }

    @Test
    void keys_areNeverTheSameAndShowNothing() {
        Secret other = KeyText.random();

        assertThat(other).isNotEqualTo(text);
        assertThat(KeyText.isOne(other)).isTrue();
        assertThat(KeyText.hash(text)).matches("[0-9a-f]{64}").doesNotContain(text.reveal());
        assertThat(new KeyActs.Made(key, text).toString()).doesNotContain(text.reveal());
    }

    private static StoredKey key(String name, Optional<Instant> expiresAt) {
        return new StoredKey(
                new UUID(1, 2),
                name,
                Set.of(Scope.OPS_READ),
                START,
                "admin",
                expiresAt,
                Standing.LASTS,
                Optional.empty());
    }
}
