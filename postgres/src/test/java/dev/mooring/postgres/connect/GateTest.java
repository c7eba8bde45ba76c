package dev.mooring.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GateTest {
    private final AtomicBoolean anyway = new AtomicBoolean();
    private final Gate gate = new Gate(anyway::get);

    private CompletableFuture<Void> waiter() {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                gate.pass();
                passed.complete(null);
            } catch (SQLException refused) {
                passed.completeExceptionally(refused);
            }
        });
        thread.setDaemon(true);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING || passed.isDone());
        return passed;
    }

    @Test
    void gate_shut_holdsUntilItOpens() {
        CompletableFuture<Void> passed = waiter();
        assertThat(passed).isNotDone();

        gate.open();

        await().until(passed::isDone);
        assertThat(passed).isCompleted();
    }

    @Test
    void gate_shut_letsThroughWhoMayPassAnyway() {
        CompletableFuture<Void> passed = waiter();

        anyway.set(true);

        await().until(passed::isDone);
    }

    @Test
    void gate_ended_sendsEverybodyAwayForGood() {
        CompletableFuture<Void> passed = waiter();

        gate.end();
        gate.open();

        await().until(passed::isDone);
        assertThatThrownBy(passed::join).hasRootCauseMessage("the pool is closed");
        assertThatThrownBy(gate::pass).hasMessage("the pool is closed");
    }

    @Test
    void rest_endsWhenTheGateMoves() {
        gate.open();
        CompletableFuture<Void> rested = CompletableFuture.runAsync(() -> {
            try {
                gate.rest(Duration.ofHours(1), gate.pass());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        await().until(() -> {
            gate.shut();
            return rested.isDone();
        });
        assertThat(rested).isCompleted();
    }

    @Test
    void rest_afterAMoveThatCameBetween_endsAtOnce() throws Exception {
        gate.open();
        int seen = gate.pass();
        gate.shut();
        gate.open();

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> gate.rest(Duration.ofHours(1), seen));
    }

    @Test
    void pass_interrupted_saysSoAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(gate::pass).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
