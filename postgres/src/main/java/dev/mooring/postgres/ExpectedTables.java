package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The tables and columns of a schema that a build needs. A newer build may replace a table or add columns; the names stay. Immutable.
 *
 * @param schema the schema
 * @param tables the columns that each table must have
 */
record ExpectedTables(String schema, Map<String, List<String>> tables) {
    private static final String PRESENT = """
            select c.relname, a.attname
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where n.nspname = ? and c.relkind in ('r', 'p')""";

    ExpectedTables {
        SortedMap<String, List<String>> sorted = new TreeMap<>();
        tables.forEach((table, columns) -> sorted.put(table, List.copyOf(columns)));
        tables = Collections.unmodifiableSortedMap(sorted);
    }

    /** What is not there, in words. */
    List<String> missing(DataSource connections) throws SQLException {
        List<String> missing = new ArrayList<>();
        if (tables.isEmpty()) {
            return missing;
        }
        Map<String, Set<String>> present = present(connections);
        tables.forEach((table, columns) -> {
            Set<String> its = present.get(table);
            if (its == null) {
                missing.add(table);
            } else {
                columns.stream()
                        .filter(column -> !its.contains(column))
                        .forEach(column -> missing.add("column " + column + " of " + table));
            }
        });
        return missing;
    }

    private Map<String, Set<String>> present(DataSource connections) throws SQLException {
        Map<String, Set<String>> present = new HashMap<>();
        try (Connection connection = connections.getConnection();
                PreparedStatement ask = connection.prepareStatement(PRESENT)) {
            ask.setString(1, schema);
            try (ResultSet row = ask.executeQuery()) {
                while (row.next()) {
                    present.computeIfAbsent(row.getString(1), table -> new HashSet<>())
                            .add(String.valueOf(row.getString(2)));
                }
            }
        }
        return present;
    }

    /**
     * The SQL expression for {@link DatabaseTask#traces()}: the identity of the history, the names of the expected tables that exist, and
     * how many of its expected columns each of them has.
     */
    String traces(String history) {
        String names = Stream.concat(Stream.of(history), tables.keySet().stream())
                .map(ExpectedTables::quoted)
                .collect(Collectors.joining(", "));
        return "select string_agg(case c.relname when " + quoted(history)
                + " then c.oid::text else c.relname::text" + columns() + " end, ' ' order by c.relname)"
                + " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = " + quoted(schema) + " and c.relkind in ('r', 'p') and c.relname in (" + names
                + ")";
    }

    /**
     * The SQL expression for {@link DatabaseTask#unreadable()}: the tables that the user may not read. Of a table whose columns are named, it
     * must be able to read each of them; of another one, a column is enough.
     */
    Optional<String> unreadable() {
        return closedTo("SELECT", tables.keySet(), columnClosedToReaders());
    }

    /** An SQL expression for those of these tables on which the user lacks a right to write, on the table and on each of its columns. */
    Optional<String> unwritable(String right, Collection<String> names) {
        return closedTo(right, names, "");
    }

    /** At most three names, and how many more. */
    private Optional<String> closedTo(String right, Collection<String> names, String orElse) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String quoted = names.stream().map(ExpectedTables::quoted).collect(Collectors.joining(", "));
        return Optional.of(
                "select array_to_string((array_agg(n.nspname || '.' || c.relname order by c.relname))[1:3], ', ')"
                        + " || case when count(*) > 3 then ' and ' || count(*) - 3 || ' more' else '' end"
                        + " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = " + quoted(schema) + " and c.relkind in ('r', 'p') and c.relname in ("
                        + quoted + ")"
                        + " and (not has_schema_privilege(n.oid, 'USAGE') or not has_table_privilege(c.oid, '" + right
                        + "')" + columnsToo(right, orElse) + ")"
                        + " having count(*) > 0");
    }

    /** A right on a table can also be given for columns alone; for DELETE it cannot. */
    private static String columnsToo(String right, String orElse) {
        return right.equals("DELETE")
                ? ""
                : " and (not has_any_column_privilege(c.oid, '" + right + "')" + orElse + ")";
    }

    private String columnClosedToReaders() {
        String names = namedColumns();
        return names.isEmpty()
                ? ""
                : " or exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0"
                        + " and not a.attisdropped and c.relname || '.' || a.attname in (" + names
                        + ") and not has_column_privilege(c.oid, a.attnum, 'SELECT'))";
    }

    private String namedColumns() {
        return tables.entrySet().stream()
                .flatMap(table -> table.getValue().stream().map(column -> quoted(table.getKey() + "." + column)))
                .collect(Collectors.joining(", "));
    }

    private String columns() {
        String names = namedColumns();
        return names.isEmpty()
                ? ""
                : " || (select count(*) from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0"
                        + " and not a.attisdropped and c.relname || '.' || a.attname in (" + names + "))";
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
