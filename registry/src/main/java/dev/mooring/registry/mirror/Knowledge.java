package dev.mooring.registry.mirror;

import dev.mooring.registry.store.Origin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether a mirror knows the answer to a read, and how long ago MLflow last confirmed it. Empty means that it does not know, also that it does not
 * know whether there is such a thing: MLflow may have made it since. Callers use it in a transaction. Thread-safe.
 */
final class Knowledge {
    private static final String AGE = "select cast(extract(epoch from clock_timestamp() - %s) * 1000 as float8) %s";

    /** A version is known by an answer about itself, or by the list of all versions together with the aliases of the model. */
    private static final String OF_VERSION = """
            greatest(v.confirmed_at,
                     case when m.confirmed_at is not null and m.versions_at is not null
                          then least(m.confirmed_at, m.versions_at) end)""";

    private static final String VERSIONS = """
            from mooring.model_version v
            join mooring.model m on m.origin = v.origin and m.name = v.model
            """;

    private final JdbcClient database;

    Knowledge(JdbcClient database) {
        this.database = database;
    }

    /** The model, its aliases, and the newest version of each stage. */
    Optional<Duration> model(Origin origin, String name) {
        return age(
                "confirmed_at", "from mooring.model where origin = :origin and name = :name", origin, name, Map.of());
    }

    /** All versions of the model, with their aliases. */
    Optional<Duration> versions(Origin origin, String name) {
        return age("least(confirmed_at, versions_at)", """
                from mooring.model
                where origin = :origin and name = :name and confirmed_at is not null and versions_at is not null""", origin, name, Map.of());
    }

    /** The version with its aliases. */
    Optional<Duration> version(Origin origin, String name, long version) {
        return age(
                OF_VERSION,
                VERSIONS + "where v.origin = :origin and v.model = :name and v.version = :version",
                origin,
                name,
                Map.of("version", version));
    }

    /** The version to which the alias points. */
    Optional<Duration> alias(Origin origin, String name, String alias) {
        return age(OF_VERSION, VERSIONS + """
                join mooring.model_alias a on a.origin = v.origin and a.model = v.model and a.version = v.version
                where v.origin = :origin and v.model = :name and a.alias = :alias""", origin, name, Map.of("alias", alias));
    }

    /** Where the files of the version are. */
    Optional<Duration> files(Origin origin, String name, long version) {
        return age(OF_VERSION, VERSIONS + """
                where v.origin = :origin and v.model = :name and v.version = :version
                  and (v.download_source is not null or v.source not like 'models:%')""", origin, name, Map.of("version", version));
    }

    /**
     * All models and versions, as they were when the last complete comparison began. A model that the mirror has met since, and of which it knows
     * only a version, is in them with that version: the rest of it is newer than the answer.
     */
    Optional<Duration> everything(Origin origin) {
        return age(
                "complete_at", "from mooring.mirror_sync where origin = :origin and :name = ''", origin, "", Map.of());
    }

    /** The same, if no model in them is known in part. */
    Optional<Duration> everythingWhole(Origin origin) {
        return age("complete_at", """
                from mooring.mirror_sync
                where origin = :origin and :name = ''
                  and not exists (select from mooring.model m where m.origin = :origin and m.confirmed_at is null)""", origin, "", Map.of());
    }

    private Optional<Duration> age(String moment, String from, Origin origin, String name, Map<String, Object> values) {
        return database
                .sql(AGE.formatted(moment, from))
                .param("origin", origin.value())
                .param("name", name)
                .params(values)
                .query((row, n) -> row.getObject(1, Double.class))
                .list()
                .stream()
                .flatMap(millis -> Optional.ofNullable(millis).stream())
                .findFirst()
                .map(millis -> Duration.ofMillis(Math.max(0, millis.longValue())));
    }
}
