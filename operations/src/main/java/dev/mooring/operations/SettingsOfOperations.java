package dev.mooring.operations;

import dev.mooring.settings.SettingGroup;
import dev.mooring.spring.environment.ModuleSettings;

/** Adds our settings to those of the application. Spring makes one by the name of this class. */
final class SettingsOfOperations implements ModuleSettings {
    @Override
    public SettingGroup group() {
        return OperationsSettings.OPERATIONS;
    }
}
