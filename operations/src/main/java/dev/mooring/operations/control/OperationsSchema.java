package dev.mooring.operations.control;

import dev.mooring.postgres.Migrations;
import java.util.List;

/** The tables of operations, in the schema {@code mooring}. */
public final class OperationsSchema {
    /** The schema, which several modules share: its history knows each script by its number, whichever module brings it. */
    public static final String NAME = "mooring";

    /** Where the scripts are. */
    public static final String SCRIPTS = "classpath:db/mooring/operations";

    /** The tables that the scripts make. */
    public static final List<String> TABLES =
            List.of("audit_entry", "audit_head", "operator_intent", "api_key", "configuration", "state_change");

    private OperationsSchema() {}

    /** Makes the tables; scripts of other modules in the same schema are left alone. */
    public static Migrations migrations() {
        return Migrations.of(NAME, SCRIPTS).amongOthers().expecting(TABLES.toArray(String[]::new));
    }
}
