package dev.mooring.registry.registrations;

import dev.mooring.messages.Message;
import dev.mooring.messages.Outbox;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.registry.models.RegistrationTable;
import dev.mooring.registry.store.ModelEvent;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.Origin;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What a registration became, written in the transaction that ends its message: the outcome, the version in the mirror, the event for other
 * systems, and after more than one attempt the plan of a second look. Thread-safe.
 */
final class Outcomes {
    private final Mirrored mirror;
    private final ModelEvents events;
    private final Duration secondLook;
    private final Time time;

    /** @param secondLook how long after the outcome the second look follows */
    Outcomes(Mirrored mirror, ModelEvents events, Duration secondLook, Time time) {
        this.mirror = mirror;
        this.events = events;
        this.secondLook = secondLook;
        this.time = time;
    }

    /** @param traceparent the trace of the request that asked for the registration */
    void registered(Connection connection, Payload payload, Made made, Optional<String> traceparent, boolean again)
            throws SQLException {
        MadeVersion version = made.version();
        JdbcClient database = client(connection);
        new RegistrationTable(Origin.MLFLOW, database).registered(payload.registrationId(), version.version());
        UUID modelId = mirror.made(database, payload, made);
        planLook(connection, payload, again);
        events.in(connection, traceparent).add(event(modelId, payload, version));
    }

    /** The tags are those of the request, without the one by which the service finds the version in MLflow. */
    private static ModelEvent event(UUID modelId, Payload payload, MadeVersion version) {
        return new ModelEvent(
                Origin.MLFLOW,
                modelId,
                version.name(),
                version.version(),
                payload.registrationId(),
                version.source(),
                payload.runId(),
                payload.tags(),
                payload.metrics(),
                payload.registeredBy(),
                Optional.empty());
    }

    void rejected(Connection connection, Payload payload, String cause, boolean again) throws SQLException {
        new RegistrationTable(Origin.MLFLOW, client(connection)).rejected(payload.registrationId(), cause);
        planLook(connection, payload, again);
    }

    private void planLook(Connection connection, Payload payload, boolean again) throws SQLException {
        if (again) {
            Outbox.add(connection, look(SecondLook.FIRST, payload).after(secondLook));
        }
    }

    /** Each registration has a line of its own, because a look that is due later must not hold up others. */
    Message look(String type, Payload payload) {
        return new Message(
                UuidV7.at(time.now().toEpochMilli()),
                SecondLook.DESTINATION,
                payload.registrationId().toString(),
                type,
                payload.json());
    }

    /** A client that never closes {@code connection}. */
    static JdbcClient client(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }
}
