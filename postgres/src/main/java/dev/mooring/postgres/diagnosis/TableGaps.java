package dev.mooring.postgres.diagnosis;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tables of the schema that the user may not read, and those into which it may not insert.
 *
 * @param unread those that it may not read, in the order of their names
 * @param closed those into which it may not insert, in the order of their names
 * @param owners whose they are
 * @param all how many tables the schema has
 */
record TableGaps(Set<String> unread, Set<String> closed, Set<String> owners, int all) {
    /** So many tables are named. */
    private static final int NAMED = 3;

    private static final String QUESTION = """
            select c.relname, pg_get_userbyid(c.relowner), has_table_privilege(c.oid, 'SELECT'), has_table_privilege(c.oid, 'INSERT')
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'mooring' and c.relkind in ('r', 'p')
            """;

    static TableGaps of(Connection session) throws SQLException {
        Map<String, String> owners = new TreeMap<>();
        Set<String> unread = new TreeSet<>();
        Set<String> closed = new TreeSet<>();
        int all = 0;
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            for (; row.next(); all++) {
                String table = row.getString(1);
                note(!row.getBoolean(3), table, row.getString(2), unread, owners);
                note(!row.getBoolean(4), table, row.getString(2), closed, owners);
            }
        }
        return new TableGaps(unread, closed, new TreeSet<>(owners.values()), all);
    }

    private static void note(
            boolean missing, String table, String owner, Set<String> tables, Map<String, String> owners) {
        if (missing) {
            tables.add(table);
            owners.put(table, owner);
        }
    }

    boolean areNone() {
        return unread.isEmpty() && closed.isEmpty();
    }

    /** Which right the user lacks on which tables, and whose they are. */
    String words(String user) {
        String both = unread.equals(closed) ? "may neither read nor write " + shortened(unread) : "";
        String reads = unread.isEmpty() ? "" : "may not read " + shortened(unread);
        String writes = closed.isEmpty() ? "" : "may not insert into " + shortened(closed);
        String between = reads.isEmpty() || writes.isEmpty() ? "" : "; it ";
        return user + " " + (both.isEmpty() ? reads + between + writes : both) + " (" + whose(user) + ")";
    }

    private String whose(String user) {
        return owners.equals(Set.of(user)) ? "although it owns them" : "they belong to " + String.join(", ", owners);
    }

    /** How many tables these are, with the names of the first three. */
    private String shortened(Set<String> tables) {
        String more = tables.size() > NAMED ? ", …" : "";
        return tables.size() + " of " + all + " tables: "
                + String.join(", ", tables.stream().limit(NAMED).toList()) + more;
    }
}
