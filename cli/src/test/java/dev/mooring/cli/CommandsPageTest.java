package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsPageTest {
    @Test
    void pageOfCommands_inTheDocs_isWhatTheCodeSays() {
        Golden.file(CommandsPage.of(Run.commands()), Path.of("../docs/reference/commands.md"));
    }

    @Test
    void commands_thatMayFail_tellTheirExitCodes() {
        List<String> without = CommandTree.of(Run.commands()).stream()
                .filter(node -> node.command().getSubcommands().isEmpty())
                .filter(node -> node.command()
                        .getCommandSpec()
                        .usageMessage()
                        .exitCodeList()
                        .isEmpty())
                .map(node -> String.join(" ", node.path()))
                .toList();

        assertThat(without).containsExactlyInAnyOrder("completion", "help", "version");
    }
}
