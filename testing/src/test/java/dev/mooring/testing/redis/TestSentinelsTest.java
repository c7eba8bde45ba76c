package dev.mooring.testing.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestSentinelsTest {

    @Test
    void sentinels_changeThePrimary_onOrderAndAfterItsDeath() {
        try (TestSentinels trio = TestSentinels.started()) {
            TestRedis first = trio.primary();
            first.admin().ask("SET", "a", "b");
            TestRedis second = trio.failOver();
            assertThat(second).isNotSameAs(first).isSameAs(trio.primary());
            assertThat(second.admin().text("GET", "a")).isEqualTo("b");
            assertThatThrownBy(() -> first.admin().ask("SET", "a", "c")).hasMessageStartingWith("READONLY");

            second.kill();
            assertThat(trio.awaitAnotherPrimary(second)).isSameAs(first);
            assertThat(first.admin().text("SET", "a", "c")).isEqualTo("OK");
        }
    }
}
