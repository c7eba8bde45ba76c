package dev.mooring.spring.pool;

/** The connection pool of one dependency. Thread-safe. */
public interface ConnectionPool {
    /** The name of the dependency. */
    String dependency();

    /** The pool at this moment; a read of memory. */
    PoolFigures figures();

    /**
     * Gives up the connections softly: closes those that are idle, and each one in use when its caller gives it back. Calls in flight finish.
     * Does not wait.
     */
    void evict();
}
