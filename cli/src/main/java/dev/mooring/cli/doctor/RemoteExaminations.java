package dev.mooring.cli.doctor;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceException;
import dev.mooring.cli.terminal.SafeText;
import dev.mooring.operations.diagnosis.DiagnosisAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has a running service examine its dependencies, one after the other.
 *
 * @param client asks the service
 * @param wanted the names of the dependencies; empty for all that the health of the service lists
 */
record RemoteExaminations(ServiceClient client, List<String> wanted) implements Examinations {
    private static final String NO_EXAMINATION = "examination_not_found";

    @Override
    public Result examine() {
        if (!wanted.isEmpty()) {
            return new Result(
                    wanted.stream().map(name -> Examined.of(diagnosis(name))).toList());
        }
        Answer health = new Answer(client.health());
        List<Examined> examined = new ArrayList<>();
        for (String name : health.names("dependencies").toList()) {
            Answer dependency = health.member("dependencies").member(name);
            examined.add(
                    dependency.text("status").equals("disabled")
                            ? Examined.absent(SafeText.of(name), dependency.isTrue("critical"), "switched off")
                            : examined(name, dependency.isTrue("critical")));
        }
        return new Result(examined);
    }

    private Examined examined(String name, boolean critical) {
        try {
            return Examined.of(diagnosis(name));
        } catch (ServiceException refused) {
            if (refused.code().equals(NO_EXAMINATION)) {
                return Examined.absent(SafeText.of(name), critical, "the application does not say how to examine it");
            }
            throw refused;
        }
    }

    private DiagnosisAnswer diagnosis(String name) {
        JsonNode answer = client.post("/ops/diagnose/" + ServiceClient.encoded(name), ServiceClient.object());
        try {
            DiagnosisAnswer read = JsonMapper.shared().treeToValue(answer, DiagnosisAnswer.class);
            if (isWhole(read)) {
                return read;
            }
        } catch (JacksonException another) {
            // It is refused below.
        }
        throw new ServiceException(
                "not_this_service", client.address() + " answers with no diagnosis; check the address");
    }

    private static boolean isWhole(DiagnosisAnswer read) {
        return areThere(read.dependency(), read.target(), read.outcome(), read.layers())
                && read.layers().stream()
                        .allMatch(layer -> areThere(layer.layer(), layer.outcome(), layer.evidence(), layer.faults())
                                && layer.faults().stream().allMatch(RemoteExaminations::isWhole)
                                && (!layer.outcome().equals("failed")
                                        || !layer.faults().isEmpty()));
    }

    private static boolean isWhole(DiagnosisAnswer.FaultAnswer fault) {
        return areThere(fault.code(), fault.severity(), fault.message(), fault.causes(), fault.runbook())
                && fault.causes().stream().allMatch(cause -> areThere(cause.what(), cause.look()));
    }

    private static boolean areThere(@Nullable Object... members) {
        return Stream.of(members).noneMatch(member -> member == null);
    }
}
