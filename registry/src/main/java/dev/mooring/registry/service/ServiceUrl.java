package dev.mooring.registry.service;

import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.util.Optional;
import org.springframework.context.ApplicationContext;

/** The addresses under which a person at this machine reaches the service. */
final class ServiceUrl {
    private ServiceUrl() {}

    /** That of the running service. */
    static String of(Settings settings, ApplicationContext application) {
        return base(settings) + application.getEnvironment().getProperty("local.server.port");
    }

    /** That of health, metrics and operations where they have a port of their own. */
    static Optional<String> ofManagement(Settings settings) {
        return settings.find(ServiceSettings.MANAGEMENT_PORT).map(port -> base(settings) + port);
    }

    /** Which other addresses it has, in words; empty where it has none. */
    static String others(Settings settings) {
        return isOnAll(settings) ? " (on all addresses)" : "";
    }

    private static boolean isOnAll(Settings settings) {
        String address = settings.get(ServiceSettings.BIND_ADDRESS);
        return address.equals("0.0.0.0") || address.equals("::");
    }

    private static String base(Settings settings) {
        String address = settings.get(ServiceSettings.BIND_ADDRESS);
        if (isOnAll(settings)) {
            return "http://127.0.0.1:";
        }
        return "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":";
    }
}
