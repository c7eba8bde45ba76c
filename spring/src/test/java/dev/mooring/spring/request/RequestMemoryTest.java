package dev.mooring.spring.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.spring.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestMemoryTest {
    private final MemoryBudget budget = new MemoryBudget(100);

    @Test
    void request_takesUpToWhatIsLeft_andThenIsRefusedWithARetryAfter() {
        try (RequestMemory.Scope open = RequestMemory.open(budget)) {
            RequestMemory.take(60);
            ProblemException refused = catchThrowableOfType(ProblemException.class, () -> RequestMemory.take(41));
            assertThat(refused.problem().status()).isEqualTo(503);
            assertThat(refused.problem().code()).isEqualTo("saturated");
            assertThat(refused.problem().retryAfterSeconds()).contains(1L);
            assertThat(RequestMemory.tryTake(40)).isTrue();
            assertThat(RequestMemory.tryTake(1)).isFalse();
            assertThat(open).isNotNull();
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void requestWithinARequest_hasAShareOfItsOwn() {
        try (RequestMemory.Scope outer = RequestMemory.open(budget)) {
            RequestMemory.take(10);
            try (RequestMemory.Scope inner = RequestMemory.open(budget)) {
                RequestMemory.take(20);
                assertThat(inner).isNotNull();
            }
            assertThat(budget.taken()).isEqualTo(10);
            assertThat(outer).isNotNull();
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void threadThatServesNoRequest_hasRoom() {
        assertThat(RequestMemory.tryTake(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void manyRequestsAtATime_neverHoldMoreThanThereIs_andLeaveNothing() throws Exception {
        MemoryBudget shared = new MemoryBudget(1_000);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            running.add(threads.submit(() -> {
                for (int round = 0; round < 20_000; round++) {
                    try (RequestMemory.Scope open = RequestMemory.open(shared)) {
                        boolean unused = RequestMemory.tryTake(round % 400);
                        assertThat(shared.taken()).isBetween(0L, 1_000L);
                        assert open != null;
                    }
                }
            }));
        }
        for (Future<?> one : running) {
            one.get(50, TimeUnit.SECONDS);
        }
        threads.shutdownNow();
        assertThat(shared.taken()).isZero();
    }
}
