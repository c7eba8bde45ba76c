package dev.mooring.operations.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.operations.access.Scope;
import dev.mooring.settings.Secret;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.testing.fuzz.Fuzz;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyFuzzTest {
    private static final Set<Scope> KNOWN = Set.of(new Scope("ops:read"), new Scope("ops:act"));

    @Test
    void requestForAKey_whateverItIs_isReadOrRefused() {
        Fuzz.rounds(20_000, draw -> {
            byte[] body = draw.bytes("{\"name\":\"ci 1\",\"scopes\":[\"ops:read\"],\"expires_in\":\"30d\"}");
            try {
                NewKey key = NewKey.read(body, KNOWN);
                assertThat(key.name()).matches("[A-Za-z0-9 ._@-]{1,64}");
                assertThat(KNOWN).containsAll(key.scopes());
            } catch (ProblemException refused) {
                assertThat(refused.problem().status()).isIn(400, 422);
            }
        });
    }

    @Test
    void textOfAKey_whateverItIs_hasTheFormOrNot() {
        Fuzz.rounds(20_000, draw -> {
            Secret key = Secret.of("m" + draw.like(KeyText.random().reveal().substring(1)));
            if (KeyText.isOne(key)) {
                assertThat(KeyText.hash(key)).hasSize(64);
            }
        });
    }
}
