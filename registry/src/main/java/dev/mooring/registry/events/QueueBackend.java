package dev.mooring.registry.events;

/** Where events go. */
public enum QueueBackend {
    /** To a stream in Redis, through the outbox. */
    REDIS,
    /** To a queue in the database of the service. */
    POSTGRES,
    /** Nowhere: the service writes none. */
    NONE
}
