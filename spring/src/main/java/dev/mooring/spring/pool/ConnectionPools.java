package dev.mooring.spring.pool;

import java.util.List;

/** The connection pools of one technology, as a bean. Operations lists them, and gives up their connections. Thread-safe. */
@FunctionalInterface
public interface ConnectionPools {
    /** The present pools, each of another dependency. */
    List<ConnectionPool> pools();
}
