package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The bounds of messages and plans. */
class PlanTest {
    private static final RelayPlan PLAN = RelayPlan.to("somewhere");

    @Test
    void plan_outOfItsBounds_isRefusedWithTheBounds() {
        refuses(() -> PLAN.places(0), "places must be 1 to 100 but is 0");
        refuses(() -> PLAN.places(101), "places must be 1 to 100 but is 101");
        refuses(() -> PLAN.lease(Duration.ZERO), "lease must be positive but is PT0S");
        refuses(() -> PLAN.attempts(0), "attempts must be 1 to 1000 but is 0");
        refuses(() -> PLAN.poll(Duration.ofMillis(9)), "poll must be 10 ms to 1 min but is PT0.009S");
        refuses(() -> PLAN.kept(Duration.ofSeconds(-1)), "kept must not be negative but is PT-1S");
    }

    @Test
    void message_outOfItsBounds_isRefusedWithTheBounds() {
        refuses(() -> message("", "key", "type"), "destination must have 1 to 60 characters but has 0");
        refuses(() -> message("d", "k".repeat(1_001), "type"), "key must have 1 to 1000 characters but has 1001");
        refuses(() -> message("d", "key", ""), "type must have 1 to 100 characters but has 0");
        refuses(() -> message("d", "key", "type").after(Duration.ofMillis(-1)), "delay must not be negative");
    }

    @Test
    void attempts_areASetting() {
        assertThat(Settings.ofEnvironment(Map.of("QUEUE_MAX_ATTEMPTS", "3")).get(MessageSettings.MAX_ATTEMPTS))
                .isEqualTo(3);
        assertThat(Settings.ofEnvironment(Map.of()).get(MessageSettings.MAX_ATTEMPTS))
                .isEqualTo(PLAN.attempts());
    }

    private static Message message(String destination, String key, String type) {
        return new Message(OutboxRig.id(), destination, key, type, "{}");
    }

    private static void refuses(ThrowingCallable call, String why) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(why);
    }
}
