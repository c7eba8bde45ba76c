package dev.mooring.testing.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

class RedisProgramsTest {

    @Test
    void unknownChoice_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> RedisPrograms.named("7"))
                .hasMessage("TEST_REDIS is \"7\"; expected \"embedded\" or \"installed\"");
    }

    @Test
    void carriedProgram_isSix() {
        try (TestRedis server =
                TestRedis.builder().programs(RedisPrograms.named("embedded")).start()) {
            assertThat(server.admin().info("redis_version"))
                    .hasValueSatisfying(version -> assertThat(version).startsWith("6.2."));
        }
    }

    @Test
    void installedProgram_isUsedWhereItIsNamed() {
        assumeThat(RedisPrograms.installed()).isPresent();
        try (TestRedis server =
                TestRedis.builder().programs(RedisPrograms.named("installed")).start()) {
            assertThat(server.admin().info("redis_version"))
                    .hasValueSatisfying(version -> assertThat(version).doesNotStartWith("6.2.11"));
        }
    }
}
