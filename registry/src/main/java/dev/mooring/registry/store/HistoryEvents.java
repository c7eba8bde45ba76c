package dev.mooring.registry.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes events of entries in the history: of a registration, of an alias that points to another version, and of a version that moved to the
 * stage Staging or Production. Callers use it in the transaction that made the entries. Thread-safe.
 */
public final class HistoryEvents {
    /** The transaction holds the model, so the entry before is that of the change before. */
    private static final String READ = VersionTable.COLUMNS + """
            , e.model_id, e.action, e.alias, e.details ->> 'from' as from_stage, e.details ->> 'to' as to_stage,
            case when e.action = 'promoted' then
              (select case when p.action = 'promoted' then p.version end from mooring.model_event p
               where p.model_id = e.model_id and p.alias = e.alias and p.seq < e.seq order by p.seq desc limit 1)
            when e.action = 'stage_changed' then greatest(
              (select max(o.version) from mooring.model_version o
               where o.origin = e.origin and o.model = e.model and o.current_stage = e.details ->> 'to'
                 and o.current_stage <> 'None' and o.version <> e.version),
              (select max(a.version) from mooring.model_event a
               where a.seq in (:seqs) and a.details ->> 'from' = e.details ->> 'to' and a.version <> e.version))
            end as from_version
            from mooring.model_event e
            join mooring.model_version v on v.origin = e.origin and v.model = e.model and v.version = e.version
            where e.seq in (:seqs)
              and (e.action in ('registered', 'promoted')
                   or e.action = 'stage_changed' and e.details ->> 'to' in ('Staging', 'Production'))
            order by e.seq
            """;

    private final JdbcClient database;
    private final ModelEvents events;

    /** Hands the events to {@code events}. */
    public HistoryEvents(JdbcClient database, ModelEvents events) {
        this.database = database;
        this.events = events;
    }

    /** Makes events of these entries of one registry. */
    public void add(Origin origin, List<Long> seqs) {
        if (seqs.isEmpty() || !events.areWanted()) {
            return;
        }
        database.sql(READ)
                .param("seqs", seqs)
                .query((row, n) -> event(origin, row))
                .list()
                .forEach(events::add);
    }

    /** Makes an event of the registration of a version, which is in the history. */
    public void addRegistered(Origin origin, String model, long version) {
        if (events.areWanted()) {
            add(
                    origin,
                    database.sql("""
                                    select seq from mooring.model_event
                                    where origin = :origin and model = :model and version = :version
                                      and action = 'registered'
                                    order by seq desc limit 1""")
                            .param("origin", origin.value())
                            .param("model", model)
                            .param("version", version)
                            .query((row, n) -> row.getLong(1))
                            .list());
        }
    }

    private static ModelEvent event(Origin origin, ResultSet row) throws SQLException {
        boolean registered = row.getString("action").equals(Action.REGISTERED.code());
        return ModelEvent.of(
                origin,
                row.getObject("model_id", UUID.class),
                Rows.version(row),
                registered ? Optional.empty() : Optional.of(promotion(row)));
    }

    private static ModelEvent.Promotion promotion(ResultSet row) throws SQLException {
        return new ModelEvent.Promotion(
                row.getString("alias"),
                row.getString("to_stage"),
                row.getString("from_stage"),
                row.getObject("from_version", Long.class));
    }
}
