package dev.mooring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @Test
    void toString_anySecret_isEmpty() {
        assertThat(Secret.of("s3cret")).hasToString("");
        assertThat(String.valueOf(new Found("KEY", "s3cret", "environment KEY")))
                .doesNotContain("s3cret");
    }

    @Test
    void equals_sameValue_isTrueAndTheHashTellsNothing() {
        assertThat(Secret.of("a"))
                .isEqualTo(Secret.of("a"))
                .isNotEqualTo(Secret.of("b"))
                .isNotEqualTo("a");
        assertThat(Secret.of("a")).hasSameHashCodeAs(Secret.of("b"));
    }

    @Test
    void of_empty_isRefused() {
        assertThatThrownBy(() -> Secret.of("")).hasMessage("a secret must not be empty");
    }

    @Test
    void file_emptyMissingOrTooLarge_isRefusedWithItsPath(@TempDir Path directory) throws Exception {
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        Path large = Files.write(directory.resolve("large"), new byte[64 * 1024 + 1]);

        for (Path file : new Path[] {empty, large, directory, directory.resolve("missing")}) {
            assertThatThrownBy(() -> SecretSource.file(file)).hasMessage("no secret can be read from " + file);
        }
    }
}
