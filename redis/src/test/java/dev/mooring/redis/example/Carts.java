package dev.mooring.redis.example;

import dev.mooring.redis.Redis;
import dev.mooring.redis.RedisSession;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import io.lettuce.core.KeyValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Keeps carts in Redis; the code of the page docs/how-to/redis.md. */
final class Carts implements AutoCloseable {
    private final Redis redis;

    Carts(Map<String, String> environment) {
        // tag::settings
        Settings settings =
                Settings.of(SettingSource.environment(environment), SettingCatalog.of(RedisVariables.REDIS));
        Optional<RedisSettings> read = RedisVariables.read(settings);
        settings.check(); // one line for each mistake
        // end::settings
        redis = Redis.of(read.orElseThrow());
    }

    Redis redis() {
        return redis;
    }

    // tag::call
    String cart(String user) {
        return redis.call(commands -> commands.get("carts:" + user)).orElse(() -> "empty");
    }
    // end::call

    // tag::batch
    void put(String user, String cart) throws Exception {
        redis.call(commands -> {
                    commands.set("carts:" + user, cart);
                    return commands.rpush("changed", user);
                })
                .within(Duration.ofMillis(500))
                .get();
    }
    // end::batch

    // tag::session
    Optional<String> nextChanged(Duration wait) {
        try (RedisSession session = redis.session(Duration.ofSeconds(1))) {
            KeyValue<String, String> changed =
                    session.ask(commands -> commands.blpop(wait.toSeconds(), "changed"), wait.plusSeconds(1));
            return changed == null ? Optional.empty() : changed.optional();
        }
    }
    // end::session

    @Override
    public void close() {
        redis.close();
    }
}
