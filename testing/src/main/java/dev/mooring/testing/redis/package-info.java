/**
 * A real Redis that a test starts in a tenth of a second and then breaks: stops, kills, freezes, fills up, makes a replica, keeps loading.
 *
 * <pre>{@code
 * try (TestRedis server = TestRedis.builder().password("secret").start()) {
 *     service.connect(server.host(), server.port(), "secret");
 *     server.freeze();
 *     …
 *     server.thaw();
 *     assertThat(server.admin().text("XLEN", "orders")).isEqualTo("3");
 * }
 * }</pre>
 *
 * <p>{@link dev.mooring.testing.redis.TestSentinels} is a primary with a replica and three Sentinels, {@link
 * dev.mooring.testing.redis.TestRedisCluster} a cluster of six. {@link dev.mooring.testing.redis.RedisPrograms} chooses the Redis: by
 * default the one on the class path (6.2); with the environment variable {@code TEST_REDIS=installed} the system's own. A killed server
 * keeps what it acknowledged; a killed machine would not. What may come in: states of servers that a client can meet.
 */
@NullMarked
package dev.mooring.testing.redis;

import org.jspecify.annotations.NullMarked;
