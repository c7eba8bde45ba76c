package dev.mooring.testing.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestRedisClusterTest {

    @Test
    void cluster_movesSlots_replacesADeadPrimary_andStopsWithoutAPartOfTheKeys() {
        try (TestRedisCluster cluster = TestRedisCluster.started()) {
            TestRedis first = cluster.primaryOf("orders");
            assertThat(first.admin().text("SET", "orders", "1")).isEqualTo("OK");

            TestRedis second = cluster.moveSlot("orders");
            assertThat(second).isNotSameAs(first).isSameAs(cluster.primaryOf("orders"));
            assertThat(second.admin().text("GET", "orders")).isEqualTo("1");
            assertThatThrownBy(() -> first.admin().ask("GET", "orders")).hasMessageStartingWith("MOVED");

            TestRedis third = cluster.failOver("orders");
            assertThat(third).isNotSameAs(second);
            assertThat(third.admin().text("GET", "orders")).isEqualTo("1");

            cluster.killPart("orders");
            assertThatThrownBy(() -> first.admin().ask("SET", "orders", "2")).hasMessageStartingWith("CLUSTERDOWN");
            cluster.startAll();
            assertThat(cluster.primaryOf("orders").admin().text("GET", "orders"))
                    .isEqualTo("1");
        }
    }
}
