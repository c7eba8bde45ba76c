package dev.mooring.examples.flow;

import dev.mooring.examples.flow.notifications.NotificationsConfiguration;
import dev.mooring.examples.flow.orders.OrdersConfiguration;
import dev.mooring.examples.flow.payments.PaymentsConfiguration;
import dev.mooring.examples.flow.users.UsersConfiguration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The services, each with its port and the name under which PostgreSQL shows its sessions. */
enum Service {
    USERS(UsersConfiguration.class, 8001),
    ORDERS(OrdersConfiguration.class, 8002),
    PAYMENTS(PaymentsConfiguration.class, 8003),
    NOTIFICATIONS(NotificationsConfiguration.class, 8004);

    private final Class<?> configuration;
    private final int port;

    Service(Class<?> configuration, int port) {
        this.configuration = configuration;
        this.port = port;
    }

    static Optional<Service> named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.toString().equals(FlowService.plain(name)))
                .findFirst();
    }

    Class<?> configuration() {
        return configuration;
    }

    /** What is different between the services; application.yml has what is the same. */
    Map<String, Object> properties() {
        return Map.of(
                "server.port", "${PORT:" + port + "}",
                "mooring.service.name", toString(),
                "mooring.database.application-name", "flow_backend_" + this);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
