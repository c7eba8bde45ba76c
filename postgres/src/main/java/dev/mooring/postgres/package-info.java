/**
 * A supervised PostgreSQL: {@link dev.mooring.postgres.Postgres} is the way in. What may come in: what a dependency on PostgreSQL
 * needs beside the connection itself: probe, pool, start tasks.
 */
@NullMarked
package dev.mooring.postgres;

import org.jspecify.annotations.NullMarked;
