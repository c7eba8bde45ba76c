/**
 * The way to the tables of operations: transactions on the connection beside the pool, written with Spring's JdbcClient, and how a
 * failure of them is answered. What may come in: the way to the database. Not: what goes there.
 */
@NullMarked
package dev.mooring.operations.control;

import org.jspecify.annotations.NullMarked;
