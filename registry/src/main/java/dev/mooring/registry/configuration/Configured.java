package dev.mooring.registry.configuration;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.InForce;
import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of this start as they are compared. Instances with one configuration must come out the same, whatever machine they
 * are on:
 *
 * <ul>
 *   <li>a default counts by its rule, not by what comes out of it here;
 *   <li>{@code BIND_ADDRESS} counts by who can reach it;
 *   <li>{@code PORT} and {@code MOORING_HOME} belong to the instance and are left out, and so are the port and password of an
 *       embedded database, which nobody set.
 * </ul>
 */
final class Configured {
    private Configured() {}

    /** By the names of the variables. */
    static SortedMap<String, Value> of(Settings settings, SettingCatalog catalog, Set<Setting<?>> nobodySet) {
        Set<String> leftOut = new HashSet<>(Set.of(ServiceSettings.PORT.toString(), RegistrySettings.HOME.toString()));
        nobodySet.forEach(setting -> leftOut.add(setting.toString()));
        SortedMap<String, Value> values = new TreeMap<>();
        for (Setting<?> setting : catalog.settings()) {
            if (!leftOut.contains(setting.toString())) {
                values.put(setting.toString(), value(setting, settings));
            }
        }
        return values;
    }

    private static Value value(Setting<?> setting, Settings settings) {
        InForce now = settings.inForce(setting);
        if (setting.isSecret()) {
            return new Value.Hidden(settings.find(setting).map(Secret.class::cast), now.origin());
        }
        return new Value.Plain(printable(text(now, settings)), now.origin());
    }

    private static String text(InForce now, Settings settings) {
        if (now.setting().name().equals(ServiceSettings.BIND_ADDRESS.name())) {
            return RegistrySettings.isReachableFromThisMachineOnly(settings)
                    ? "reachable from this machine only"
                    : "reachable from other machines";
        }
        Optional<String> shown = now.origin().equals("default") ? now.setting().defaultInWords() : now.shown();
        return shown.orElse(Value.NOTHING);
    }

    /** As the audit and its database can hold it. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
