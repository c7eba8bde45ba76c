package dev.mooring.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PostgresProgramsTest {
    @Test
    void embeddedPrograms_areUnpackedAndExecutable() {
        PostgresPrograms embedded = PostgresPrograms.named("embedded");

        assertThat(Files.isExecutable(embedded.programs().directory().resolve("initdb")))
                .isTrue();
        assertThat(Files.isExecutable(embedded.programs().directory().resolve("postgres")))
                .isTrue();
    }

    @Test
    void versionThatIsNotInstalled_isRefusedWithThePlacesThatWereLookedAt() {
        assertThat(PostgresPrograms.installed("7")).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgresPrograms.named("7"))
                .withMessageContaining("TEST_POSTGRES is \"7\"")
                .withMessageContaining("/usr/lib/postgresql/7/bin");
    }
}
