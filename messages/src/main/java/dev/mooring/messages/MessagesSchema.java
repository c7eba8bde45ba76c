package dev.mooring.messages;

import dev.mooring.postgres.Migrations;

/** The table of messages, {@code outbox} in the schema {@code mooring}. */
public final class MessagesSchema {
    /** The location of the scripts. Their numbers belong to one history with those of other modules in the same schema. */
    public static final String SCRIPTS = "classpath:db/mooring/messages";

    private MessagesSchema() {}

    /** The same migrations, but the table that the scripts create must exist afterwards, with all its columns. */
    public static Migrations expectedBy(Migrations migrations) {
        return migrations.expectingColumns(
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
                "ended_at");
    }
}
