package dev.mooring.operations;

import dev.mooring.settings.SettingGroup;
import dev.mooring.spring.environment.ModuleSettings;

/** Adds the settings of operations to those of the application. {@code META-INF/spring.factories} names this class. */
final class SettingsOfOperations implements ModuleSettings {
    @Override
    public SettingGroup group() {
        return OperationsSettings.OPERATIONS;
    }
}
