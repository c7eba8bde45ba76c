/**
 * The one way to PostgreSQL: everything that connects (pool, probes, migrations, a start-up wait) does it through
 * {@link dev.mooring.postgres.connect.ConnectionSource}. What may come in: what happens between asking for a connection and having
 * one, and what is known when there is none.
 */
@NullMarked
package dev.mooring.postgres.connect;

import org.jspecify.annotations.NullMarked;
