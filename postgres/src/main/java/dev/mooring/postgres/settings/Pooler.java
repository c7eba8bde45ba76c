package dev.mooring.postgres.settings;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What counts where a pooler, such as PgBouncer, stands between this process and the server. Immutable; the methods with an argument give a
 * changed copy.
 *
 * @param direct the address of the server itself, where start tasks connect; empty by default, which means the address of the database
 * @param prepareThreshold executions of a prepared statement after which the server keeps it; 0 to 1,000, default 5. With 0, and behind a
 *     pooler, the server keeps none
 */
public record Pooler(Optional<Address> direct, int prepareThreshold) {
    /** The same with the address of the server itself. */
    public Pooler direct(String host, int port) {
        return new Pooler(
                Optional.of(new Address(List.of(new Address.Host(host, OptionalInt.of(port))))), prepareThreshold);
    }

    /** The same, but the server keeps a prepared statement after that many executions; none with 0. */
    public Pooler prepareThreshold(int executions) {
        return new Pooler(direct, executions);
    }
}
