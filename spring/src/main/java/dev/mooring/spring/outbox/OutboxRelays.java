package dev.mooring.spring.outbox;

import dev.mooring.Mooring;
import dev.mooring.messages.Delivery;
import dev.mooring.messages.Relay;
import dev.mooring.messages.RelayPlan;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.time.Time;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;

/** Starts the relays of an application. */
final class OutboxRelays {
    private final DataSource database;
    private final Mooring mooring;
    private final Wakes wakes;
    private final ObjectProvider<RelayPlan> plans;
    private final ObjectProvider<ControlConnection> control;

    OutboxRelays(
            DataSource database,
            Mooring mooring,
            Wakes wakes,
            ObjectProvider<RelayPlan> plans,
            ObjectProvider<ControlConnection> control) {
        this.database = database;
        this.mooring = mooring;
        this.wakes = wakes;
        this.plans = plans;
        this.control = control;
    }

    /** Starts the relay of one destination, with the application's plan for it if there is one. */
    Relay start(String destination, Delivery delivery) {
        RelayPlan plan = plans.stream()
                .filter(one -> one.destination().equals(destination))
                .findFirst()
                .orElseGet(() -> RelayPlan.to(destination));
        Relay relay = Relay.start(plan, delivery, database, Time.system(), ended -> mooring.dependencies().stream()
                .findFirst()
                .ifPresent(one -> one.publish(ended)));
        wakes.put(destination, relay::wake);
        // Only an application with operations has this connection; without it a relay finds messages of other processes
        // when it polls.
        control.ifAvailable(relay::hearing);
        return relay;
    }
}
