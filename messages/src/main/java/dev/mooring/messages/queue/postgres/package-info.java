/**
 * A queue in PostgreSQL, for those without Redis, and work of consumers that is done once, in their transactions. What may come in: how
 * PostgreSQL keeps a queue.
 */
@NullMarked
package dev.mooring.messages.queue.postgres;

import org.jspecify.annotations.NullMarked;
