/**
 * Transactions on the connection beside the pool, for tables that are written with Spring's JdbcClient, and how a failure of them is
 * answered. What may come in: the way to the database. Not: what goes there.
 */
@NullMarked
package dev.mooring.registry.control;

import org.jspecify.annotations.NullMarked;
