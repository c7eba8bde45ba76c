package dev.mooring.operations.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spring.body.Mistakes;
import dev.mooring.testing.fuzz.Fuzz;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SinceFuzzTest {
    @Test
    void since_whateverItIs_isAMomentThatADatabaseKeeps_orAMistake() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Fuzz.rounds(20_000, draw -> {
            Mistakes mistakes = new Mistakes();
            String text = draw.like(
                    "24h", "PT1H", "2026-01-01T00:00:00Z", "999999999999999d", "-999999999-01-01T00:00:00+18:00");
            Instant since = SinceParameter.read(text, now, mistakes);
            assertThat(since).isBetween(Instant.EPOCH, now.plus(Duration.ofDays(1)));
        });
    }
}
