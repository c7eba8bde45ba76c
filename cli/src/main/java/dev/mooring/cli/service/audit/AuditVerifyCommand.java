package dev.mooring.cli.service.audit;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.service.ServiceException;
import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.SafeText;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.spring.environment.ExitCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
final class AuditVerifyCommand extends ServiceCommand {
    @Option(names = "--checkpoint", paramLabel = "TEXT", description = "A signed checkpoint that was noted before.")
    private @Nullable String checkpoint;

    @Option(
            names = "--seq",
            paramLabel = "N",
            description = "The number of an entry that was noted before, with --hash.")
    private @Nullable String seq;

    @Option(names = "--hash", paramLabel = "HASH", description = "The hash of that entry.")
    private @Nullable String hash;

    AuditVerifyCommand(Surroundings surroundings) {
        super(surroundings);
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
    protected Result ask(ServiceClient client) {
        if ((seq == null) != (hash == null) || (checkpoint != null && seq != null)) {
            throw wrong("give --seq and --hash together, or --checkpoint instead of both");
        }
        if (seq != null && !seq.matches("[1-9][0-9]{0,17}")) {
            throw wrong("--seq must be the number of an entry, 1 or more");
        }
        if (hash != null && !hash.matches("[0-9a-fA-F]{64}")) {
            throw wrong("--hash must be 64 characters of 0-9 and a-f");
        }
        Document found = verify(client);
        return new Result(JsonDocument.nodeOf(found), lines(found), found.intact() ? ExitCode.DONE : ExitCode.FAILED);
    }

    /** The service verifies as much as fits into the time of one request; the next request goes on from there. */
    private Document verify(ServiceClient client) {
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
    private static @Nullable String checkpoint(ServiceClient client, JsonNode last) {
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

    private static List<String> lines(Document result) {
        List<String> lines = new ArrayList<>();
        lines.add(state(result) + ": " + result.entries() + " entries");
        result.findings().stream()
                .map(Answer::new)
                .forEach(finding -> lines.add("  " + finding.text("kind") + ": " + finding.text("message")));
        Answer last = new Answer(result.last());
        if (result.checkpoint() != null) {
            lines.add("checkpoint to note: " + SafeText.of(result.checkpoint()));
        } else if (last.number("seq") > 0) {
            lines.add("entry to note: --seq " + last.text("seq") + " --hash " + last.text("hash"));
        }
        return lines;
    }

    private static String state(Document result) {
        if (result.intact()) {
            return "whole";
        }
        return result.complete() ? "not whole" : "not verified to its end";
    }
}
