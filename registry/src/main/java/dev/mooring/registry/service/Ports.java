package dev.mooring.registry.service;

import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether the service can listen on its ports before it starts a database for nothing. The web server binds them itself later; a
 * process that takes one meanwhile makes the start fail all the same.
 */
final class Ports {
    private static final List<Setting<Integer>> PORTS = List.of(ServiceSettings.PORT, ServiceSettings.MANAGEMENT_PORT);

    private Ports() {}

    /** Why the service cannot listen on one of them; empty if it can on all. */
    static Optional<StartFailure> refusal(Settings settings) {
        for (Setting<Integer> setting : PORTS) {
            Optional<Integer> port = settings.find(setting);
            if (port.isPresent()) {
                try (ServerSocket socket = new ServerSocket()) {
                    // As the web server does: connections of a service that has ended do not count.
                    socket.setReuseAddress(true);
                    socket.bind(new InetSocketAddress(settings.get(ServiceSettings.BIND_ADDRESS), port.get()));
                } catch (IOException refused) {
                    return Optional.of(StartFailure.unbound(setting, refused, settings));
                }
            }
        }
        return Optional.empty();
    }
}
