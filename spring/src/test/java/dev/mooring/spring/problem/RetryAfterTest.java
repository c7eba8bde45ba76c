package dev.mooring.spring.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "59999, 60", "60000, 60"})
    void seconds_areRoundedUpAndAtLeastOne(long millis, long seconds) {
        assertThat(RetryAfter.seconds(Duration.ofMillis(millis))).isEqualTo(seconds);
    }
}
