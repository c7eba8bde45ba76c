package dev.mooring.postgres;

import dev.mooring.DependencyBuilder;
import dev.mooring.postgres.settings.Occupancy;
import dev.mooring.postgres.settings.PostgresSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Describes a supervised database. Not thread-safe. */
public final class PostgresBuilder {
    private final PostgresSettings settings;
    private final Map<String, DatabaseTask> startTasks = new LinkedHashMap<>();
    private Occupancy.Reader occupancy = connection -> Occupancy.USED;
    private UnaryOperator<DependencyBuilder> change = UnaryOperator.identity();

    PostgresBuilder(PostgresSettings settings) {
        this.settings = settings;
    }

    /** Work to be done once, when the database first answers and before calls are admitted; tasks run in the order given. */
    public PostgresBuilder startTask(String task, DatabaseTask work) {
        startTasks.put(task, work);
        return this;
    }

    /**
     * How to tell whether a database is in use. With it, a name that exists but is untouched does not win over a fallback that holds
     * rows; by default the name wins as soon as it exists.
     */
    public PostgresBuilder occupancy(Occupancy.Reader reader) {
        occupancy = reader;
        return this;
    }

    /** Changes the dependency itself, for example {@code DependencyBuilder::optional}. */
    public PostgresBuilder dependency(UnaryOperator<DependencyBuilder> how) {
        change = how;
        return this;
    }

    /** The database; touches no network. */
    public Postgres build() {
        return new Postgres(this);
    }

    PostgresSettings settings() {
        return settings;
    }

    Map<String, DatabaseTask> startTasks() {
        return startTasks;
    }

    Occupancy.Reader occupancy() {
        return occupancy;
    }

    UnaryOperator<DependencyBuilder> change() {
        return change;
    }
}
