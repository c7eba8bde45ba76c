package dev.mooring.operations.authservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.Scope;
import dev.mooring.settings.Secret;
import dev.mooring.testing.fuzz.Fuzz;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuthAnswerFuzzTest {
    private static final Set<Scope> KNOWN = Set.of(new Scope("models:read"), new Scope("ops:act"));

    @Test
    void answer_whateverItIs_isReadOrUnclear_andNeverGivesAScopeOfOperations() {
        Fuzz.rounds(20_000, draw -> {
            byte[] body = draw.bytes(
                    "{\"user_id\":\"u\",\"key_id\":\"k\",\"service_id\":\"registry\",\"scopes\":[\"models:read\",\"ops:act\"],"
                            + "\"rate_limit_per_hour\":100}");
            try {
                Caller caller = AuthAnswer.read(body, Secret.of("a-key-of-ann"), "registry", KNOWN);
                assertThat(caller.scopes()).doesNotContain(new Scope("ops:act"));
                assertThat(caller.name()).startsWith("auth:");
            } catch (UnreadableAnswerException unclear) {
                assertThat(unclear.getMessage()).isNotBlank();
            }
        });
    }
}
