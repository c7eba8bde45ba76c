package dev.mooring.settings;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Settings that belong together, in the order in which people read them. Immutable.
 *
 * @param title the subject, in a word or two
 * @param description a sentence or two of introduction
 * @param settings the settings
 * @param families settings that exist once for each dependency
 * @param rule checks how the values fit together; it reports what does not fit with {@link Settings#reject}
 */
public record SettingGroup(
        String title,
        String description,
        List<Setting<?>> settings,
        List<SettingFamily<?>> families,
        Consumer<Settings> rule) {
    public SettingGroup {
        settings = List.copyOf(settings);
        families = List.copyOf(families);
    }

    /** A group without families and rules. */
    public static SettingGroup of(String title, String description, Setting<?>... settings) {
        return new SettingGroup(title, description, List.of(settings), List.of(), values -> {});
    }

    /** The same with settings that exist once for each dependency. */
    public SettingGroup withFamilies(SettingFamily<?>... more) {
        return new SettingGroup(title, description, settings, List.of(more), rule);
    }

    /** The same with these settings after its own. */
    public SettingGroup and(Setting<?>... more) {
        List<Setting<?>> all =
                Stream.<Setting<?>>concat(settings.stream(), Stream.of(more)).toList();
        return new SettingGroup(title, description, all, families, rule);
    }

    /** The same with one more rule, which runs after the others. */
    public SettingGroup requiring(Consumer<Settings> another) {
        return new SettingGroup(title, description, settings, families, rule.andThen(another));
    }

    /**
     * The same with other definitions of some settings, so that an application can give a library's settings its own defaults.
     *
     * @throws IllegalArgumentException when the group has no setting with one of these names
     */
    public SettingGroup redefining(Setting<?>... others) {
        List<Setting<?>> merged = settings;
        for (Setting<?> other : others) {
            if (merged.stream().noneMatch(setting -> setting.name().equals(other.name()))) {
                throw new IllegalArgumentException(other + " is not a setting of the group " + title);
            }
            merged = merged.stream()
                    .<Setting<?>>map(setting -> setting.name().equals(other.name()) ? other : setting)
                    .toList();
        }
        return new SettingGroup(title, description, merged, families, rule);
    }

    /** All settings, including those of the families for the given dependencies. */
    public List<Setting<?>> settingsFor(List<String> dependencies) {
        return Stream.<Setting<?>>concat(
                        settings.stream(), dependencies.stream().flatMap(dependency -> families.stream()
                                .map(family -> family.of(dependency))))
                .toList();
    }
}
