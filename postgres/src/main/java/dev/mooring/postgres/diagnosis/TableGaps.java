package dev.mooring.postgres.diagnosis;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the user may not do with tables of the schema.
 *
 * @param acts the acts that it lacks the right for, by the tables that they have in common, in the order of the tables' names
 * @param owners whose these tables are
 * @param all how many tables the schema has
 */
record TableGaps(Map<Set<String>, List<String>> acts, Set<String> owners, int all) {
    /** So many tables are named. */
    private static final int NAMED = 3;

    /** What each column of the answer after the first two is the right for. */
    private static final List<String> ACTS = List.of("read", "insert into", "update", "delete from");

    private static final String QUESTION = """
            select c.relname, pg_get_userbyid(c.relowner), has_table_privilege(c.oid, 'SELECT'), has_table_privilege(c.oid, 'INSERT'),
                   has_table_privilege(c.oid, 'UPDATE'), has_table_privilege(c.oid, 'DELETE')
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'mooring' and c.relkind in ('r', 'p')
            """;

    static TableGaps of(Connection session) throws SQLException {
        Map<String, Set<String>> closed = new LinkedHashMap<>();
        Set<String> owners = new TreeSet<>();
        int all = 0;
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            for (; row.next(); all++) {
                for (int act = 0; act < ACTS.size(); act++) {
                    if (!row.getBoolean(act + 3)) {
                        closed.computeIfAbsent(ACTS.get(act), first -> new TreeSet<>())
                                .add(row.getString(1));
                        owners.add(row.getString(2));
                    }
                }
            }
        }
        Map<Set<String>, List<String>> acts = new LinkedHashMap<>();
        ACTS.stream().filter(closed::containsKey).forEach(act -> acts.computeIfAbsent(
                        closed.get(act), first -> new ArrayList<>())
                .add(act));
        return new TableGaps(acts, owners, all);
    }

    boolean areNone() {
        return acts.isEmpty();
    }

    /** Which acts the user lacks the right for on which tables, and whose they are. */
    String words(String user) {
        return user
                + acts.entrySet().stream()
                        .map(gap -> " may not " + either(gap.getValue()) + " " + shortened(gap.getKey()))
                        .collect(Collectors.joining("; it"))
                + " (" + whose(user) + ")";
    }

    private static String either(List<String> acts) {
        int last = acts.size() - 1;
        return last == 0 ? acts.get(0) : String.join(", ", acts.subList(0, last)) + " or " + acts.get(last);
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
