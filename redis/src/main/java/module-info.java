/** A supervised connection to Redis. */
@SuppressWarnings("requires-transitive-automatic") // Lettuce has a fixed name, but no description of itself.
module dev.mooring.redis {
    requires transitive dev.mooring.core;
    requires transitive dev.mooring.settings;
    requires transitive lettuce.core;
    requires io.netty.common;
    requires io.netty.transport;
    requires static org.jspecify;

    exports dev.mooring.redis;
    exports dev.mooring.redis.settings;
}
