/**
 * One connection to a database beside its pool, on a thread of its own, for work that must go on while the breaker refuses calls:
 * operators' orders, their audit, keys, the history of health. {@link dev.mooring.postgres.control.ControlConnection} is the way in.
 * What may come in: how such work reaches the database. Not: the work itself.
 */
@NullMarked
package dev.mooring.postgres.control;

import org.jspecify.annotations.NullMarked;
