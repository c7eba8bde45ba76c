/**
 * The one way to PostgreSQL: everything that connects (pool, probes, migrations, a start-up wait) does it through
 * {@link dev.mooring.postgres.connect.ConnectionSource}. What may come in: the steps from a request for a connection to the connection.
 */
@NullMarked
package dev.mooring.postgres.connect;

import org.jspecify.annotations.NullMarked;
