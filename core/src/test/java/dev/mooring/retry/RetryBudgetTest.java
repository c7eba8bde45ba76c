package dev.mooring.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    @Test
    void quiet_service_may_retry_at_once() {
        RetryBudget budget = new RetryBudget(0.1);
        budget.callMade();
        assertThat(budget.tryRetry()).isTrue();
    }

    @Test
    void retries_are_at_most_a_tenth_of_the_calls_once_there_were_a_hundred() {
        RetryBudget budget = new RetryBudget(0.1);
        for (int calls = 1; calls <= 60_000; calls++) {
            budget.callMade();
            budget.tryRetry();
            if (calls == 100 || calls == 1_000 || calls == 60_000) {
                assertThat(calls - budget.exhausted())
                        .as("retries of %d calls", calls)
                        .isLessThanOrEqualTo(calls / 10);
            }
        }
        assertThat(60_000 - budget.exhausted()).isGreaterThan(5_900);
    }

    @Test
    void long_calm_saves_up_no_more_than_a_hundred_retries() {
        RetryBudget budget = new RetryBudget(0.1);
        IntStream.range(0, 1_000_000).forEach(i -> budget.callMade());
        assertThat(IntStream.range(0, 1_000).filter(i -> budget.tryRetry()).count())
                .isEqualTo(100);
    }

    @Test
    void share_of_zero_never_retries() {
        RetryBudget none = new RetryBudget(0);
        IntStream.range(0, 1_000).forEach(i -> none.callMade());
        assertThat(none.tryRetry()).isFalse();
        assertThat(none.exhausted()).isOne();
    }
}
