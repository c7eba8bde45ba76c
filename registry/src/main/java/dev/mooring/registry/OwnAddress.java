package dev.mooring.registry;

import dev.mooring.http.settings.HttpBackendSettings;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses a backend that is the service itself. MLflow's client has a variable of the same name, and in a shell where it names this service it
 * would make the service wait for its own answers.
 */
final class OwnAddress {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0");

    private OwnAddress() {}

    static void reject(Settings settings, HttpBackendSettings backend) {
        Setting<URI> address = backend.address();
        if (settings.isSet(address) && settings.get(backend.enabled())) {
            settings.find(address)
                    .filter(uri -> isOwn(uri, settings))
                    .ifPresent(uri -> settings.reject(
                            address,
                            "the address of another server: this one is the service itself (a client that has the same variable names"
                                    + " the service there; unset it here)"));
        }
    }

    private static boolean isOwn(URI address, Settings settings) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        boolean isThisMachine = LOOPBACK.contains(host) || host.equals(settings.get(ServiceSettings.BIND_ADDRESS));
        return isThisMachine
                && (settings.get(ServiceSettings.PORT) == portOf(address)
                        || settings.find(ServiceSettings.MANAGEMENT_PORT).equals(Optional.of(portOf(address))));
    }

    private static int portOf(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
    }
}
