package dev.mooring.embedded.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeOfUserTest {
    private static final Account US = Account.ofThisProcess();

    @Test
    void possible_onlyForRoot_elseSaysWhatToDo() {
        if (Unprivileged.isRoot()) {
            assertThat(ChangeOfUser.possible().user().uid()).isPositive();
            assertThat(Unprivileged.command(List.of("id"))).hasSizeGreaterThan(1);
        } else {
            assertThatIllegalStateException()
                    .isThrownBy(ChangeOfUser::possible)
                    .withMessageMatching("PostgreSQL does not run as root, and this process cannot take the id of user"
                            + " (postgres|nobody) \\(.+; .+\\); run this program as an ordinary user");
            assertThat(Unprivileged.command(List.of("id"))).containsExactly("id");
        }
    }

    @Test
    void command_thatEndsWithAnotherCodeOrIsMissing_isNotPermitted() {
        assertThat(new ChangeOfUser(US, List.of("env")).permits(List.of("true")))
                .isTrue();
        assertThat(new ChangeOfUser(US, List.of("env")).permits(List.of("false")))
                .isFalse();
        assertThat(new ChangeOfUser(US, List.of("/nowhere/setpriv")).permits(List.of("true")))
                .isFalse();
    }

    @Test
    void folder_givenToTheUserWithoutRights_isOfTheUserOrOfUs(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(Files.createDirectory(folder.resolve("inner")).resolve("file"), "");
        Path target = Files.writeString(folder.resolve("target"), "");
        Files.createSymbolicLink(folder.resolve("inner/link"), target);

        Unprivileged.giveAll(folder.resolve("inner"));

        int expected = Unprivileged.isRoot() ? ChangeOfUser.possible().user().uid() : US.uid();
        assertThat(Ownership.of(file).uid()).isEqualTo(expected);
        assertThat(Ownership.of(target).uid()).as("behind the link").isEqualTo(US.uid());
        assertThat(Unprivileged.mayOwn(Ownership.of(file))).isTrue();
        assertThat(Unprivileged.reaches(Path.of("/tmp"))).isTrue();
    }
}
