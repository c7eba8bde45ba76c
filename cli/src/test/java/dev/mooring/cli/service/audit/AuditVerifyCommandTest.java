package dev.mooring.cli.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.Run;
import dev.mooring.testing.http.ScriptedServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditVerifyCommandTest {
    private static final String HASH = "ab".repeat(32);
    private static final String WHOLE = verdict(true, true, 3, 3, "");
    private static final String CUT = verdict(
            false,
            true,
            3,
            3,
            "{\"kind\":\"cut_off\",\"seq\":4,\"message\":\"the recorded end of the chain is missing\"}");

    private final ScriptedServer service = ScriptedServer.start();

    @AfterEach
    void end() {
        service.close();
    }

    private static String verdict(boolean intact, boolean complete, int entries, int last, String findings) {
        return "{\"intact\":" + intact + ",\"complete\":" + complete + ",\"entries\":" + entries + ",\"last\":{\"seq\":"
                + last + ",\"hash\":\"" + HASH + "\"},\"findings\":[" + findings + "]}";
    }

    private void serviceSays(String verdict, String checkpoint) {
        service.answers((request, reply) -> {
            boolean isCheckpoint = request.path().startsWith("/ops/audit/checkpoint");
            reply.json(200, isCheckpoint ? checkpoint : verdict);
        });
    }

    private Run verify(String... arguments) {
        return verify(Map.of("MOORING_KEY", "the-key"), arguments);
    }

    private Run verify(Map<String, String> variables, String... arguments) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("MOORING_URL", service.uri() + "/");
        String[] all = new String[arguments.length + 2];
        all[0] = "audit";
        all[1] = "verify";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Run.with(environment, all);
    }

    @Test
    void wholeAudit_isToldWithACheckpointToNote() {
        serviceSays(WHOLE, "{\"seq\":3,\"hash\":\"" + HASH + "\",\"at\":\"…\",\"checkpoint\":\"v1/3/x/y/z\"}");

        assertThat(verify()).isEqualTo(new Run(0, "whole: 3 entries\ncheckpoint to note: v1/3/x/y/z\n", ""));
        assertThat(service.requests().get(0).header("Authorization")).contains("Bearer the-key");
    }

    @Test
    void wholeAudit_withoutAKeyForSignatures_isToldWithItsLastEntry() {
        serviceSays(WHOLE, "{\"seq\":3,\"hash\":\"" + HASH + "\",\"at\":\"…\"}");

        assertThat(verify().out()).isEqualTo("whole: 3 entries\nentry to note: --seq 3 --hash " + HASH + "\n");
    }

    @Test
    void brokenAudit_isToldWithItsFindings_andTheExitCodeIs1InEveryFormat() {
        serviceSays(CUT, "{}");

        Run text = verify();
        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.out())
                .startsWith("not whole: 3 entries\n  cut_off: the recorded end of the chain is missing\n");
        Run json = verify("-o", "json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.out()).contains("\"schema_version\" : 1", "\"intact\" : false", "\"kind\" : \"cut_off\"");
    }

    @Test
    void longAudit_isVerifiedInSeveralRequests_eachFromWhereTheLastCame() {
        service.answers((request, reply) -> {
            if (request.path().startsWith("/ops/audit/checkpoint")) {
                reply.json(200, "{}");
            } else {
                boolean isFirst = !request.target().contains("after_seq=2&after_hash=" + HASH);
                reply.json(200, isFirst ? verdict(false, false, 2, 2, "") : verdict(true, true, 5, 7, ""));
            }
        });

        Run run = verify("--seq", "1", "--hash", HASH);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("whole: 7 entries\n");
        assertThat(service.requests().get(1).target()).contains("&seq=1&hash=" + HASH);
    }

    @Test
    void audit_thatCannotBeReadToItsEnd_isNotWhole() {
        serviceSays(verdict(false, false, 0, 0, ""), "{}");

        assertThat(verify()).isEqualTo(new Run(1, "not verified to its end: 0 entries\n", ""));
    }

    @Test
    void checkpoint_isSentToTheService() {
        serviceSays(WHOLE, "{}");

        verify("--checkpoint", "v1/3/ab/2026-01-01T00:00:00Z/c_d");

        assertThat(service.requests().get(0).target())
                .contains("&checkpoint=v1%2F3%2Fab%2F2026-01-01T00%3A00%3A00Z%2Fc_d");
    }

    @Test
    void refusal_isOneLineWithWhatToDo() {
        service.answers((request, reply) -> reply.json(401, "{\"detail\":\"This call needs a key.\"}"));

        assertThat(verify(Map.of()))
                .isEqualTo(
                        new Run(
                                1,
                                "",
                                "mooring: " + service.uri()
                                        + " refuses: This call needs a key. Give the key in MOORING_KEY or with --key-file.\n"));
    }

    @Test
    void service_thatIsNotThereOrAnotherOne_isOneLine() {
        URI uri = service.uri();
        service.answers((request, reply) -> reply.json(200, "<html>"));
        assertThat(verify().err())
                .isEqualTo("mooring: " + uri + " does not answer as this service does; check the address\n");

        service.close();

        Run away = verify();
        assertThat(away.exitCode()).isEqualTo(1);
        assertThat(away.err())
                .isEqualTo("mooring: " + uri
                        + " does not answer; start the service, or name another with --url or MOORING_URL\n");
    }

    @Test
    void key_comesFromItsFile(@TempDir Path directory) throws Exception {
        serviceSays(WHOLE, "{}");
        Path file = Files.writeString(directory.resolve("key"), "from-file\n");

        assertThat(verify("--key-file", file.toString()).exitCode()).isZero();
        assertThat(service.requests().get(0).header("Authorization")).contains("Bearer from-file");
        Run unsent = verify(Map.of("MOORING_KEY", "schlüssel"));
        assertThat(unsent.exitCode()).isEqualTo(2);
        assertThat(unsent.err()).startsWith("mooring: the key must be a line of visible ASCII characters");
    }

    @ParameterizedTest
    @CsvSource({
        "--seq 1, give --seq and --hash together",
        "--hash ab, give --seq and --hash together",
        "--checkpoint x --seq 1 --hash ab, give --seq and --hash together",
        "--url nowhere, the address of the service must be one such as",
        "--url http://user:secret@host, the address of the service must be one such as",
        "--key-file /nowhere/key, '--key-file is \"/nowhere/key\"; expected a file that can be read'"
    })
    void wrongUsage_isTwoLinesAndExitCode2(String arguments, String line) {
        Run run = verify(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(2).first().asString().startsWith("mooring: " + line);
        assertThat(run.err()).doesNotContain("secret");
    }
}
