package dev.mooring.messages.queue;

import dev.mooring.messages.queue.postgres.OnceInTransaction;
import dev.mooring.time.Time;
import java.sql.PreparedStatement;
import javax.sql.DataSource;

/** The code of docs/how-to/queues.md. {@link ConsumerTest} runs it. */
final class Deployments {
    private Deployments() {}

    static Consumer consume(MessageQueue queue, Handler deploy) {
        // tag::consume
        ConsumerPlan plan = ConsumerPlan.of("deployments") // the group
                .places(4)
                .attempts(3);
        Consumer consumer = Consumer.start(plan, queue, deploy, Time.system());
        // end::consume
        return consumer;
    }

    static Handler once(DataSource database) {
        // tag::once
        Handler deploy = new OnceInTransaction(database, "deployments", (connection, message) -> {
            String sql = "insert into deployment (model) values (cast(? as jsonb) ->> 'name')";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, message.payload());
                insert.executeUpdate();
            }
        });
        // end::once
        return deploy;
    }
}
