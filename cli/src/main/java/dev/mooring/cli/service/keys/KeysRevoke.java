package dev.mooring.cli.service.keys;

import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.SafeText;
import dev.mooring.cli.terminal.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        header = "Revokes a key; every instance refuses it within seconds.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the key is revoked, or was before",
            "1:the service does not answer or refuses, or there is no such key",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring keys revoke 019abc12-3456-7000-8000-000000000000"})
final class KeysRevoke extends ServiceCommand {
    @Parameters(paramLabel = "ID", description = "The id of the key, as mooring keys list prints it.")
    private String id = "";

    KeysRevoke(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) {
        client.delete("/ops/keys/" + ServiceClient.encoded(id));
        return Result.of(
                ServiceClient.object().put("id", id).put("result", "revoked"), List.of(SafeText.of(id) + "  revoked"));
    }
}
