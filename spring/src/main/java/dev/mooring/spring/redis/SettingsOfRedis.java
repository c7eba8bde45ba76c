package dev.mooring.spring.redis;

import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.settings.SettingGroup;
import dev.mooring.spring.environment.ModuleSettings;
import java.util.List;
import org.springframework.util.ClassUtils;

/** Adds the settings of Redis to those of an application that has the module redis. {@code META-INF/spring.factories} names this class. */
final class SettingsOfRedis implements ModuleSettings {
    @Override
    public boolean isPresent(ClassLoader loader) {
        return ClassUtils.isPresent("dev.mooring.redis.settings.RedisVariables", loader);
    }

    @Override
    public SettingGroup group() {
        return RedisVariables.REDIS;
    }

    @Override
    public List<String> dependencies() {
        return List.of("redis");
    }
}
