package dev.mooring.operations.configuration;

import dev.mooring.operations.OperationsSettings;
import dev.mooring.settings.InForce;
import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings of this start in the form in which starts are compared. Instances with the same configuration have equal forms on any
 * machine:
 *
 * <ul>
 *   <li>a default gives its rule, not the value that the rule has on this machine;
 *   <li>{@code BIND_ADDRESS} gives whether other machines reach the service;
 *   <li>settings that belong to one instance are left out.
 * </ul>
 */
final class Configured {
    private Configured() {}

    /** The settings by the names of their variables, without {@code ofTheInstance}. */
    static SortedMap<String, Value> of(Settings settings, SettingCatalog catalog, Set<Setting<?>> ofTheInstance) {
        Set<String> leftOut = ofTheInstance.stream().map(Setting::toString).collect(Collectors.toSet());
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
            return OperationsSettings.isReachableFromThisMachineOnly(settings)
                    ? "reachable from this machine only"
                    : "reachable from other machines";
        }
        Optional<String> shown = now.origin().equals("default") ? now.setting().defaultInWords() : now.shown();
        return shown.orElse(Value.NOTHING);
    }

    /** Replaces characters that the audit or its database cannot hold. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
