package dev.mooring.operations.authservice;

import dev.mooring.spring.environment.OnSetting;

/** Matches where {@code AUTH_SERVICE_URL} has a value. */
final class AuthServiceIsNamed extends OnSetting {
    AuthServiceIsNamed() {
        super(AuthServiceSettings.BACKEND.address());
    }
}
