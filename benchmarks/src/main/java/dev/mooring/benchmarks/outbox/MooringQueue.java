package dev.mooring.benchmarks.outbox;

import dev.mooring.messages.Message;
import dev.mooring.messages.Outbox;
import dev.mooring.messages.Relay;
import dev.mooring.messages.RelayPlan;
import dev.mooring.messages.Result;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.util.Collections;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Our outbox; its relay delivers in batches, in order per key. */
record MooringQueue(int batch, int places) implements Queue {
    static final String DESTINATION = "queue";

    @Override
    public String name() {
        return "mooring, batch " + batch;
    }

    @Override
    public Adding adding(Connection connection) {
        return (id, key, payload) ->
                Outbox.add(connection, new Message(id, DESTINATION, key, "model.registered", payload));
    }

    @Override
    public AutoCloseable begin(DataSource database, Consumer<Integer> done) {
        RelayPlan plan = RelayPlan.to(DESTINATION).batch(batch).places(places);
        return Relay.start(
                plan,
                attempts -> {
                    done.accept(attempts.size());
                    return Collections.nCopies(attempts.size(), Result.delivered());
                },
                database,
                Time.system(),
                event -> {});
    }
}
