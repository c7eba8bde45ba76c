package dev.mooring.operations.control;

import org.springframework.dao.DataAccessException;

/** A table or a column of operations does not exist in the database. */
final class MissingTables extends DataAccessException {
    private static final long serialVersionUID = 1;

    MissingTables(DataAccessException cause) {
        super("a table of operations is missing", cause);
    }
}
