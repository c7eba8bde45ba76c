package dev.mooring.messages;

import dev.mooring.postgres.Migrations;

/** The tables of messages, in the schema {@code mooring}: the outbox, and queues in PostgreSQL. */
public final class MessagesSchema {
    /** The location of the scripts. Their numbers belong to one history with those of other modules in the same schema. */
    public static final String SCRIPTS = "classpath:db/mooring/messages";

    private MessagesSchema() {}

    /** Migrations that create the tables and ignore the scripts of other modules in the same schema. */
    public static Migrations migrations() {
        return expectedBy(Migrations.of("mooring", SCRIPTS).amongOthers());
    }

    /** The same migrations, but the tables that the scripts create must exist afterwards, with all their columns. */
    public static Migrations expectedBy(Migrations migrations) {
        return queues(migrations)
                .expectingColumns(
                        "outbox",
                        "message_id",
                        "seq",
                        "destination",
                        "ordering_key",
                        "type",
                        "payload",
                        "traceparent",
                        "state",
                        "leads",
                        "created_at",
                        "ready_at",
                        "due_at",
                        "claimed_by",
                        "claims",
                        "refusals",
                        "cause_kind",
                        "cause_message",
                        "history",
                        "ended_at")
                .expectingUpdates("outbox", "queue_delivery")
                .expectingDeletes("outbox", "queue_message", "queue_delivery", "handled_message");
    }

    private static Migrations queues(Migrations migrations) {
        return migrations
                .expectingColumns(
                        "queue_message",
                        "seq",
                        "queue",
                        "message_id",
                        "type",
                        "time",
                        "attempt",
                        "payload",
                        "traceparent",
                        "published_at")
                .expectingColumns("queue_group", "queue", "name", "created_at")
                .expectingColumns(
                        "queue_delivery",
                        "queue",
                        "consumer_group",
                        "seq",
                        "due_at",
                        "claimed_by",
                        "claims",
                        "died_at",
                        "cause_kind",
                        "cause_message")
                .expectingColumns("handled_message", "consumer_group", "message_id", "handled_at");
    }
}
