package dev.mooring.operations.control;

import dev.mooring.postgres.Migrations;
import java.util.List;

/** The tables of operations, in the schema {@code mooring}. */
public final class OperationsSchema {
    /** The schema. Several modules share it and its history of migrations, so each number belongs to one script of one module. */
    public static final String NAME = "mooring";

    /** The location of the scripts. */
    public static final String SCRIPTS = "classpath:db/mooring/operations";

    /** The tables that the scripts create. */
    public static final List<String> TABLES =
            List.of("audit_entry", "audit_head", "operator_intent", "api_key", "configuration", "state_change");

    private OperationsSchema() {}

    /** Migrations that create the tables and ignore the scripts of other modules in the same schema. */
    public static Migrations migrations() {
        return Migrations.of(NAME, SCRIPTS).amongOthers().expecting(TABLES.toArray(String[]::new));
    }
}
