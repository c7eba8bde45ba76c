package dev.mooring.cli.service;

import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputOption;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.spring.environment.ExitCode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "verify",
        header = "Verifies the audit, against a noted checkpoint if you give one.",
        description = {
            "Reads the whole chain of entries through the running service. The chain shows every entry that was changed or removed; a"
                    + " chain that was written anew as a whole shows only against a checkpoint that was noted before.",
            "The result ends with a checkpoint to note now."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the audit is whole",
            "1:it is not, or the service does not answer or refuses",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring audit verify --key-file /run/secrets/key --checkpoint v1/120/..."})
public final class AuditVerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(names = "--checkpoint", paramLabel = "TEXT", description = "A signed checkpoint that was noted before.")
    private @Nullable String checkpoint;

    @Option(
            names = "--seq",
            paramLabel = "N",
            description = "The number of an entry that was noted before, with --hash.")
    private @Nullable String seq;

    @Option(names = "--hash", paramLabel = "HASH", description = "The hash of that entry.")
    private @Nullable String hash;

    public AuditVerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private record Document(
            int schemaVersion,
            boolean intact,
            boolean complete,
            long entries,
            JsonNode last,
            @Nullable String checkpoint,
            List<JsonNode> findings) {}

    @Override
    public Integer call() throws InterruptedException {
        if (spec != null && ((seq == null) != (hash == null) || (checkpoint != null && seq != null))) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "give --seq and --hash together, or --checkpoint instead of both");
        }
        ServiceClient client = service.client(surroundings.environment());
        try {
            Document result = verify(client);
            print(result);
            return result.intact() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (ServiceException refused) {
            surroundings.err().println("mooring: " + refused.getMessage());
            return ExitCode.FAILED;
        }
    }

    /** The service verifies as much as fits into the time of one request; the next request goes on from there. */
    private Document verify(ServiceClient client) throws InterruptedException {
        List<JsonNode> findings = new ArrayList<>();
        long entries = 0;
        String from = "";
        while (true) {
            JsonNode part = client.get("/ops/audit/verification?" + noted() + from);
            entries += part.path("entries").asLong();
            part.path("findings").forEach(finding -> {
                if (!findings.contains(finding)) {
                    findings.add(finding);
                }
            });
            JsonNode last = part.path("last");
            boolean complete = part.path("complete").asBoolean();
            if (complete || part.path("entries").asLong() == 0) {
                boolean intact = complete && findings.isEmpty();
                return new Document(
                        JsonDocument.SCHEMA_VERSION,
                        intact,
                        complete,
                        entries,
                        last,
                        checkpoint(client, last),
                        findings);
            }
            from = parameter("after_seq", last.path("seq").asString())
                    + parameter("after_hash", last.path("hash").asString());
        }
    }

    /** Empty where the chain has no entry, or no end that could be signed. */
    private static @Nullable String checkpoint(ServiceClient client, JsonNode last) throws InterruptedException {
        if (last.path("seq").asLong() == 0) {
            return null;
        }
        try {
            return client.get("/ops/audit/checkpoint").path("checkpoint").asString(null);
        } catch (ServiceException noEnd) {
            return null;
        }
    }

    private String noted() {
        return parameter("checkpoint", checkpoint) + parameter("seq", seq) + parameter("hash", hash);
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void print(Document result) {
        PrintWriter out = surroundings.out();
        if (output.isJson()) {
            out.println(JsonDocument.of(result));
            return;
        }
        out.println(state(result) + ": " + result.entries() + " entries");
        result.findings()
                .forEach(finding -> out.println("  " + finding.path("kind").asString() + ": "
                        + finding.path("message").asString()));
        if (result.checkpoint() != null) {
            out.println("checkpoint to note: " + result.checkpoint());
        } else if (result.last().path("seq").asLong() > 0) {
            out.println("entry to note: --seq " + result.last().path("seq").asString() + " --hash "
                    + result.last().path("hash").asString());
        }
    }

    private static String state(Document result) {
        if (result.intact()) {
            return "whole";
        }
        return result.complete() ? "not whole" : "not verified to its end";
    }
}
