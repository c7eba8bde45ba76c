/**
 * Access to the tables of operations: transactions with Spring's JdbcClient on the connection beside the pool, and the answer to a
 * request whose transaction failed. What may come in: how features reach the database. Not: what they store.
 */
@NullMarked
package dev.mooring.operations.control;

import org.jspecify.annotations.NullMarked;
