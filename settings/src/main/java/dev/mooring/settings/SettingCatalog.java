package dev.mooring.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All settings of an application. Immutable.
 *
 * @param groups the settings, in the order in which people read them
 * @param dependencies names of the dependencies; each has one setting of each family
 */
public record SettingCatalog(List<SettingGroup> groups, List<String> dependencies) {
    /**
     * Makes a catalog in which each name stands for one setting.
     *
     * @throws IllegalArgumentException when two settings have one name
     */
    public SettingCatalog {
        groups = List.copyOf(groups);
        dependencies = List.copyOf(dependencies);
        Set<String> variables = new HashSet<>();
        for (SettingGroup group : groups) {
            group.settingsFor(dependencies).forEach(setting -> {
                if (!variables.add(setting.name().variable())) {
                    throw new IllegalArgumentException("two settings are called " + setting);
                }
            });
        }
    }

    /** A catalog of these groups. */
    public static SettingCatalog of(SettingGroup... groups) {
        return new SettingCatalog(List.of(groups), List.of());
    }

    /** The same with these dependencies. */
    public SettingCatalog withDependencies(String... names) {
        return new SettingCatalog(groups, List.of(names));
    }

    /**
     * Both catalogs together, for an application that adds settings to those of a library. A group that both have counts once.
     *
     * @throws IllegalArgumentException when they have two different settings of one name
     */
    public SettingCatalog and(SettingCatalog other) {
        return new SettingCatalog(union(groups, other.groups), union(dependencies, other.dependencies));
    }

    private static <T> List<T> union(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    /** All settings, including those of the families for each dependency. */
    public List<Setting<?>> settings() {
        return groups.stream()
                .<Setting<?>>flatMap(group -> group.settingsFor(dependencies).stream())
                .toList();
    }

    /** The definition with this name, if there is one. */
    public Optional<Setting<?>> find(SettingName name) {
        return settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst();
    }
}
