package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.MooringException;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.time.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardedDeliveryTest {
    private final Dependency billing = Dependency.named("billing")
            .breaker(breaker -> breaker.failures(3))
            .failures(error -> error instanceof IllegalArgumentException
                    ? Optional.empty()
                    : FailureClassifier.jdk().classify(error))
            .build();

    private static DeliveryAttempt attempt() {
        Message message = new Message(OutboxRig.id(), "billing", "key", "order.placed", "{}");
        return new DeliveryAttempt(message, Instant.now(), 1, Time.system(), System.nanoTime() + 10_000_000_000L);
    }

    private Result deliver(GuardedDelivery.Sender sender) throws Exception {
        return GuardedDelivery.of(billing, sender).deliver(List.of(attempt())).get(0);
    }

    private static GuardedDelivery.Sender failing(Exception failure) {
        return message -> {
            throw failure;
        };
    }

    @Test
    void failure_countsWhereTheDestinationAnsweredOrTheMessageIsWrong_andElseWaits() throws Exception {
        try (Mooring mooring = Mooring.supervise(billing)) {
            assertThat(mooring).isNotNull();
            assertThat(deliver(message -> {})).isInstanceOf(Result.Delivered.class);
            assertThat(deliver(failing(new IllegalArgumentException("no such customer"))))
                    .isEqualTo(new Result.Refused(FailureKind.UNKNOWN, "no such customer"));
            assertThat(deliver(failing(new ConnectException("refused"))))
                    .isEqualTo(new Result.Later(FailureKind.CONNECTION_REFUSED, "refused"));
            assertThat(deliver(failing(new HttpTimeoutException("silent")))).isInstanceOf(Result.Later.class);
            // The third in a row opens the breaker, and counts all the same.
            assertThat(deliver(failing(new IllegalStateException("cannot")))).isInstanceOf(Result.Refused.class);
        }
    }

    @Test
    void delivery_whileTheBreakerIsOpen_isNotReady_andSendsNothing() throws Exception {
        try (Mooring mooring = Mooring.supervise(billing)) {
            assertThat(mooring).isNotNull();
            Delivery sending = GuardedDelivery.of(billing, message -> {});
            assertThat(sending.isReady()).isTrue();
            for (int i = 0; i < 3; i++) {
                assertThat(deliver(failing(new IOException("broken")))).isNotInstanceOf(Result.Delivered.class);
            }

            assertThat(sending.isReady()).isFalse();
            assertThat(sending.deliver(List.of(attempt())).get(0)).isInstanceOf(Result.Later.class);
            assertThatThrownBy(() -> billing.call(() -> "sent").get()).isInstanceOf(MooringException.class);
        }
    }
}
