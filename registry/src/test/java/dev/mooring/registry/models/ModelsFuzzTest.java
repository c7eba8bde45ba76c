package dev.mooring.registry.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.testing.fuzz.Fuzz;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a client sends to the calls on models is read or refused. */
@Timeout(60)
class ModelsFuzzTest {
    @Test
    void registration_whateverItIs_isReadOrRefused_andHashedAlike() {
        Fuzz.rounds(10_000, draw -> {
            byte[] body = draw.bytes("""
                    {"name":"churn model","source":"s3://b/p","run_id":"r1","description":"d","tags":{"team":"growth"},
                     "metrics":{"auc":0.91,"n":12}}""");
            try {
                RegistrationRequest request = RegistrationReader.read(body);
                assertThat(request.hash())
                        .isEqualTo(RegistrationReader.read(body).hash());
            } catch (ProblemException refused) {
                assertThat(refused.problem().status()).isIn(400, 422);
                assertThat(refused.problem().detail().length()).isLessThan(2_000);
            }
        });
    }

    @Test
    void partsOfACall_whateverTheyAre_areReadOrRefused() {
        Fuzz.rounds(20_000, draw -> {
            String key = draw.like("key-1");
            if (IdempotencyKey.objectionTo(key) == null) {
                assertThat(new IdempotencyKey(key).value()).matches("[!-~]{1,255}");
            }
            VersionNumber.read(draw.like("12"))
                    .ifPresent(number -> assertThat(number).isPositive());
            Moment.read("at", draw.like("2026-01-01T00:00:00Z", "+999999999-12-31T23:59:59-18:00"), new Mistakes())
                    .ifPresent(at -> assertThat(at)
                            .isBetween(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z")));
        });
    }
}
