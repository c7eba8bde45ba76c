package dev.mooring.operations.authservice;

import dev.mooring.settings.SettingGroup;
import dev.mooring.spring.environment.ModuleSettings;
import java.util.List;

/** Adds the settings of the auth service to those of the application. {@code META-INF/spring.factories} names this class. */
final class SettingsOfAuthService implements ModuleSettings {
    @Override
    public SettingGroup group() {
        return AuthServiceSettings.AUTH_SERVICE;
    }

    @Override
    public List<String> dependencies() {
        return List.of("auth");
    }
}
