package dev.mooring.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceTest {
    @TempDir
    Path folder;

    @Test
    void disk_withTooLittleSpaceForAFirstStart_isRefusedWithFolderNeedAndRemedy() {
        Space space = new Space(home(), 12_000_000);

        assertThatThrownBy(() -> space.check(false))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessage("MOORING_HOME is \"" + folder
                        + "\", on a disk with 12 MB left, and the embedded PostgreSQL needs 150 MB"
                        + " there: make room, or name a folder on another disk");
    }

    @Test
    void disk_withSpaceForDataThatIsThere_isNotRefused() {
        assertThatCode(() -> new Space(home(), 21_000_000).check(true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Space(home(), 19_000_000).check(true)).hasMessageContaining("needs 20 MB");
    }

    @Test
    void disk_thatFilledUpLater_isNamedAndOneWithRoomIsNot() {
        assertThat(new Space(home(), 0).whenFull()).hasValueSatisfying(words -> assertThat(words)
                .contains("MOORING_HOME", folder.toString(), "has 0 MB left"));
        assertThat(Space.ofFolder(home()).whenFull()).isEmpty();
    }

    private Home home() {
        return new Home("MOORING_HOME", folder, true);
    }
}
