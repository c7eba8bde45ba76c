package dev.mooring.registry.events;

import dev.mooring.messages.MessageSettings;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.Settings;

/** The settings of events. Their definitions load no class that connects to Redis. */
public final class EventSettings {
    /** Where events go. */
    public static final Setting<QueueBackend> BACKEND = Setting.oneOf("queue-backend", QueueBackend.class)
            .describedAs(
                    "Place of the events model.registered and model.promoted: a stream in Redis, a queue in the database of"
                            + " the service, or none.")
            .defaultsTo(
                    "redis when Redis is enabled, else none",
                    settings -> settings.get(RedisVariables.ENABLED) ? QueueBackend.REDIS : QueueBackend.NONE);

    /** The name of their queue. */
    public static final Setting<String> NAME = Setting.text("queue-name")
            .describedAs("Name of the queue of events; in Redis the stream is mooring:queue: and this name.")
            .accepting("1 to 60 characters of A-Z a-z 0-9 . _ -", name -> name.matches("[A-Za-z0-9._-]{1,60}"))
            .defaultsTo("model_ready");

    /** All settings of messages. */
    public static final SettingGroup MESSAGES =
            MessageSettings.MESSAGES.and(BACKEND, NAME).requiring(EventSettings::check);

    private EventSettings() {}

    private static void check(Settings settings) {
        if (settings.get(BACKEND) == QueueBackend.REDIS && !settings.get(RedisVariables.ENABLED)) {
            settings.reject(
                    BACKEND,
                    "postgres or none, because the service uses no Redis; set REDIS_HOST or REDIS_URL to use one, and not "
                            + RedisVariables.ENABLED + "=false");
        }
    }
}
