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
 * The settings of this start as they are compared. Instances with one configuration must come out the same, whatever machine they
 * run on:
 *
 * <ul>
 *   <li>a default counts by its rule, not by the value that the rule gives here;
 *   <li>{@code BIND_ADDRESS} counts by which machines reach it;
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

    /** As the audit and its database can hold it. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
