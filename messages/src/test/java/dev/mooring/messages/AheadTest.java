package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many messages a relay without batches claims ahead. */
class AheadTest {
    private final Ahead ahead = new Ahead(8);

    @Test
    void ahead_beforeADeliveryEnded_isNone() {
        assertThat(ahead.most()).isZero();
    }

    @Test
    void ahead_whileDeliveriesAreQuick_isManyAndBounded() {
        learn(Duration.ofMillis(1), 200);
        assertThat(ahead.most()).isBetween(40, 80);
        learn(Duration.ZERO, 200);
        assertThat(ahead.most()).isEqualTo(Ahead.MOST);
    }

    @Test
    void ahead_whenDeliveriesTakeLong_isNoneSoon() {
        learn(Duration.ZERO, 200);
        learn(Duration.ofMillis(100), 16);
        assertThat(ahead.most()).isZero();
    }

    private void learn(Duration took, int times) {
        for (int i = 0; i < times; i++) {
            ahead.learn(took.toNanos());
        }
    }
}
