package dev.mooring.operations.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.settings.Secret;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static final Secret SECRET = Secret.of("correct horse");

    @Test
    void fingerprint_readBack_isOfItsSecret() {
        String text = Fingerprint.of(SECRET).toString();

        assertThat(Fingerprint.read(text))
                .hasValueSatisfying(known -> assertThat(known.isOf(SECRET)).isTrue());
    }

    @Test
    void fingerprint_ofOneSecretTwice_looksDifferent() {
        assertThat(Fingerprint.of(SECRET))
                .doesNotHaveToString(Fingerprint.of(SECRET).toString());
    }

    /** One wrong secret in 65,536 fits by chance, so this looks at two fingerprints. */
    @Test
    void fingerprint_ofOtherSecrets_doesNotFit() {
        Fingerprint one = Fingerprint.of(SECRET);
        Fingerprint two = Fingerprint.of(SECRET);

        assertThat(IntStream.range(0, 10).mapToObj(n -> Secret.of("wrong " + n)))
                .noneMatch(wrong -> one.isOf(wrong) && two.isOf(wrong));
    }

    @Test
    void fingerprint_holdsNoMoreThan16BitsOfTheSecret() {
        assertThat(Fingerprint.of(SECRET).toString()).matches("pbkdf2:[0-9a-f]{32}:[0-9a-f]{4}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not set", "pbkdf2:00:0000", "hunter2"})
    void text_thatIsNoFingerprint_isNotRead(String text) {
        assertThat(Fingerprint.read(text)).isEmpty();
    }
}
