package dev.mooring.postgres;

import dev.mooring.DependencyBuilder;
import dev.mooring.postgres.settings.Address;
import dev.mooring.postgres.settings.Occupancy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/** Describes a supervised database. Not thread-safe. */
public final class PostgresBuilder {
    private final Origin origin;
    private final Map<String, DatabaseTask> startTasks = new LinkedHashMap<>();
    private Occupancy.Reader occupancy = connection -> Occupancy.USED;
    private boolean readCommitted;
    private UnaryOperator<Address> presentAddress = UnaryOperator.identity();
    private UnaryOperator<DependencyBuilder> change = UnaryOperator.identity();

    PostgresBuilder(Origin origin) {
        this.origin = origin;
    }

    /**
     * Adds work that runs once, when the database first answers, before the breaker admits calls. Tasks run in the order of these calls,
     * and all of them again when the database is made anew, restored or replaced by another one.
     */
    public PostgresBuilder startTask(String task, DatabaseTask work) {
        startTasks.put(task, work);
        return this;
    }

    /**
     * Sets how to find out whether a database is in use. A database that exists under the name but is untouched then does not win over a
     * fallback that holds rows. By default the name wins if it exists. Has no effect on a pool that the application configured.
     */
    public PostgresBuilder occupancy(Occupancy.Reader reader) {
        occupancy = reader;
        return this;
    }

    /**
     * Makes each session of the pool, and behind a pooler each transaction, ask for isolation level read committed, whatever default the
     * database or the role has. An isolation level that a caller sets wins. By default sessions keep the default of database and role. Has
     * no effect on a pool that the application configured.
     */
    public PostgresBuilder readCommitted() {
        readCommitted = true;
        return this;
    }

    /**
     * Sets where to ask for the port of a server that may change it while this process runs: each log-in asks again. By default the port
     * of the settings stays. Has no effect on a pool that the application configured.
     *
     * @param port gives the present port; any thread calls it, and it must not block
     */
    public PostgresBuilder movingPort(IntSupplier port) {
        presentAddress = address -> address.withPort(port.getAsInt());
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

    Origin origin() {
        return origin;
    }

    Map<String, DatabaseTask> startTasks() {
        return startTasks;
    }

    Occupancy.Reader occupancy() {
        return occupancy;
    }

    UnaryOperator<Address> presentAddress() {
        return presentAddress;
    }

    boolean isReadCommitted() {
        return readCommitted;
    }

    UnaryOperator<DependencyBuilder> change() {
        return change;
    }
}
