package dev.mooring.spring.environment;

import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingFamily;
import dev.mooring.settings.SettingName;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Finds properties below {@code mooring} that no setting has, and that are up to two letters off the name of a setting, or one letter
 * where that name has fewer than nine. Dots, dashes and capitals do not count, because Spring ignores most of them. A name that is
 * further off may be one that the application reads itself.
 */
final class MisspelledProperties {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("mooring");
    private static final int SHORT = 9;

    /** The names of all settings, by their letters and digits. */
    private final Map<String, String> known = new TreeMap<>();

    /** The names of families without the dependency, by their letters and digits. */
    private final Map<String, String> families = new TreeMap<>();

    MisspelledProperties(SettingCatalog catalog) {
        Stream.concat(catalog.settings().stream(), ServiceSettings.SWITCHES.settings().stream())
                .flatMap(MisspelledProperties::names)
                .forEach(name -> known.put(letters(name), name));
        catalog.groups().stream()
                .flatMap(group -> group.families().stream())
                .map(SettingFamily::member)
                .map(member -> member.name().property())
                .forEach(name -> families.put(letters(name), name));
    }

    /** One line for each such property. */
    List<String> warnings(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .flatMap(source -> Stream.ofNullable(ConfigurationPropertySource.from(source)))
                .flatMap(MisspelledProperties::names)
                .filter(PREFIX::isAncestorOf)
                .map(name -> name.subName(1))
                .filter(name -> !name.isEmpty())
                .distinct()
                .flatMap(name -> warning(name).stream())
                .sorted()
                .toList();
    }

    private static Stream<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
        return source instanceof IterableConfigurationPropertySource all ? all.stream() : Stream.empty();
    }

    private static Stream<String> names(Setting<?> setting) {
        Stream<SettingName> all = Stream.concat(Stream.of(setting.name()), setting.aliases().stream());
        return (setting.isSecret() ? Stream.concat(all, Stream.of(setting.name().file())) : all)
                .map(SettingName::property);
    }

    private Optional<String> warning(ConfigurationPropertyName name) {
        String letters = letters(name.toString().replaceFirst("\\[.*", ""));
        boolean isOfAFamily = families.keySet().stream().anyMatch(letters::endsWith);
        if (known.containsKey(letters) || isOfAFamily) {
            return Optional.empty();
        }
        return nearest(letters, known)
                .or(() -> ofAFamily(name))
                .map(nearest -> SpringMetadata.PREFIX + name + " is not a setting and has no effect; did you mean "
                        + SpringMetadata.PREFIX + nearest + "?");
    }

    private Optional<String> ofAFamily(ConfigurationPropertyName name) {
        if (name.getNumberOfElements() < 2) {
            return Optional.empty();
        }
        return nearest(letters(name.subName(1).toString()), families)
                .map(family -> name.chop(1).toString() + "." + family);
    }

    private static Optional<String> nearest(String letters, Map<String, String> names) {
        return names.entrySet().stream()
                .map(entry -> Map.entry(EditDistance.between(letters, entry.getKey()), entry))
                .filter(found -> found.getKey() <= (found.getValue().getKey().length() < SHORT ? 1 : 2))
                .min(Comparator.comparing(Map.Entry::getKey))
                .map(found -> found.getValue().getValue());
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
