package dev.mooring.operations.control;

import dev.mooring.postgres.Migrations;

/** The tables of operations, in the schema {@code mooring}. */
public final class OperationsSchema {
    /** The schema. Several modules share it and its history of migrations, so each number belongs to one script of one module. */
    public static final String NAME = "mooring";

    /** The location of the scripts. */
    public static final String SCRIPTS = "classpath:db/mooring/operations";

    private OperationsSchema() {}

    /** Migrations that create the tables and ignore the scripts of other modules in the same schema. */
    public static Migrations migrations() {
        return expectedBy(Migrations.of(NAME, SCRIPTS).amongOthers());
    }

    /** The same migrations, but the tables that the scripts create must exist afterwards, with all their columns. */
    public static Migrations expectedBy(Migrations migrations) {
        return migrations
                .expectingColumns(
                        "audit_entry",
                        "seq",
                        "entry_id",
                        "at",
                        "entered_at",
                        "actor",
                        "action",
                        "subject",
                        "reason",
                        "details",
                        "hash")
                .expectingColumns("audit_head", "single", "seq", "hash")
                .expectingColumns(
                        "operator_intent", "seq", "dependency", "act", "actor", "reason", "ordered_at", "expires_at")
                .expectingColumns(
                        "api_key",
                        "id",
                        "name",
                        "hash",
                        "scopes",
                        "created_at",
                        "created_by",
                        "expires_at",
                        "revoked_at",
                        "revoked_by",
                        "while_open",
                        "stays_because",
                        "last_used_at")
                .expectingColumns("configuration", "name", "value", "changed_at")
                .expectingColumns(
                        "state_change",
                        "run",
                        "seq",
                        "instance",
                        "dependency",
                        "at",
                        "status_from",
                        "status_to",
                        "lasted_ms",
                        "cause",
                        "failure_kind",
                        "seen_until")
                .expectingUpdates("audit_head", "api_key", "configuration", "state_change")
                .expectingDeletes("state_change");
    }
}
