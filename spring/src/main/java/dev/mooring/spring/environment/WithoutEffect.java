package dev.mooring.spring.environment;

import static dev.mooring.postgres.settings.DatabaseSettings.DATABASE;

import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/** Finds settings that the user set although the part of the starter that reads them is switched off. */
final class WithoutEffect {
    private WithoutEffect() {}

    /** One line for each such setting. */
    static List<String> warnings(Settings settings) {
        return Stream.of(
                        of(settings, ServiceSettings.REQUESTS, ServiceSettings.REQUEST_TIMEOUT),
                        of(settings, ServiceSettings.REQUESTS, ServiceSettings.MAX_REQUEST_SIZE),
                        of(settings, ServiceSettings.REQUESTS, ServiceSettings.MAX_CONNECTIONS_PER_CLIENT),
                        of(settings, ServiceSettings.REQUESTS, ServiceSettings.MANAGEMENT_PORT),
                        of(settings, ServiceSettings.PROBLEMS, ServiceSettings.ALL_PROBLEMS),
                        of(settings, ServiceSettings.SHUTDOWN, ServiceSettings.SHUTDOWN_DRAIN_DELAY))
                .flatMap(warning -> warning)
                .toList();
    }

    /** One line for each address of ours beside that of Boot, which wins. */
    static List<String> warnings(Settings settings, Environment environment) {
        return PlainNames.databaseOfBoot(environment).stream()
                .flatMap(boots -> Stream.of(DATABASE.host(), DATABASE.name())
                        .filter(settings::isSet)
                        .map(setting -> property(setting) + " has no effect, because " + boots + " names the database"))
                .toList();
    }

    private static Stream<String> of(Settings settings, Setting<Boolean> part, Setting<?> setting) {
        boolean isOff = !settings.get(part) && settings.isSet(setting);
        return isOff
                ? Stream.of(property(setting) + " has no effect, because " + property(part) + " is false")
                : Stream.empty();
    }

    private static String property(Setting<?> setting) {
        return SpringMetadata.PREFIX + setting.name().property();
    }
}
