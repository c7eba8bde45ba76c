package dev.mooring.registry.events;

import dev.mooring.registry.store.ModelEvent;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.spring.correlation.TraceParent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Writes each event as a message, into what {@link EventSink} stands for. Thread-safe. */
final class AddedEvents implements ModelEvents {
    private final EventSink sink;
    private final JdbcOperations transaction;
    private final Optional<String> traceparent;
    /** Whether the events are those of the request of the thread, which then has their trace. */
    private final boolean ofRequests;

    private AddedEvents(EventSink sink, JdbcOperations transaction, Optional<String> traceparent, boolean ofRequests) {
        this.sink = sink;
        this.transaction = transaction;
        this.traceparent = traceparent;
        this.ofRequests = ofRequests;
    }

    /** Events of requests, in the transactions of {@code database} that their threads have. */
    static ModelEvents to(EventSink sink, JdbcOperations database) {
        return new AddedEvents(sink, database, Optional.empty(), true);
    }

    @Override
    public boolean areWanted() {
        return true;
    }

    @Override
    public void add(ModelEvent event) {
        Optional<String> trace = ofRequests ? TraceParent.ofRequest() : traceparent;
        Boolean added =
                transaction.execute((ConnectionCallback<Boolean>) connection -> write(connection, event, trace));
        assert added != null;
    }

    private boolean write(Connection connection, ModelEvent event, Optional<String> trace) throws SQLException {
        sink.add(connection, new EventMessage(event.modelId().toString(), type(event), EventPayload.of(event), trace));
        return true;
    }

    private static String type(ModelEvent event) {
        return event.promotion().isPresent() ? "model.promoted" : "model.registered";
    }

    @Override
    public ModelEvents in(Connection connection, Optional<String> trace) {
        return new AddedEvents(sink, new JdbcTemplate(new SingleConnectionDataSource(connection, true)), trace, false);
    }
}
