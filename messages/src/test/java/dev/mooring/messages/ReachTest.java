package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many keys a batch has. */
class ReachTest {
    private final Reach reach = new Reach(80);

    @Test
    void reach_whileLinesAreLong_isAnEighthOfTheBatch() {
        assertThat(reach.keys()).isEqualTo(80);
        reach.learn(batch(80, 80));
        assertThat(reach.keys()).isEqualTo(10);
        reach.learn(batch(80, 10));
        assertThat(reach.keys()).isEqualTo(10);
    }

    @Test
    void reach_whileLinesAreShort_isTheWholeBatchAndIsTriedAgainSeldom() {
        reach.learn(batch(80, 80));
        reach.learn(batch(12, 10));
        for (int i = 0; i < 16; i++) {
            assertThat(reach.keys()).isEqualTo(80);
            reach.learn(batch(80, 80));
        }
        assertThat(reach.keys()).isEqualTo(80);
        reach.learn(batch(80, 80));
        assertThat(reach.keys()).isEqualTo(10);
    }

    @Test
    void reach_ofABatchThatIsNotFullOrHasLines_staysTheWholeBatch() {
        reach.learn(batch(79, 79));
        reach.learn(batch(80, 70));
        assertThat(reach.keys()).isEqualTo(80);
    }

    private static List<Claimed> batch(int messages, int keys) {
        return IntStream.range(0, messages)
                .mapToObj(i -> new Claimed(
                        new Message(OutboxRig.id(), "somewhere", "key-" + i % keys, "test", "{}"),
                        Instant.EPOCH,
                        OutboxRig.id(),
                        1,
                        0,
                        0))
                .toList();
    }
}
