/**
 * A supervised PostgreSQL: {@link dev.mooring.postgres.Postgres} is the class to begin with. What may come in: the parts of a dependency on
 * PostgreSQL beside the connection itself, such as probe, pool and start tasks.
 */
@NullMarked
package dev.mooring.postgres;

import org.jspecify.annotations.NullMarked;
