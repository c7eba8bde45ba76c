/**
 * One connection to the database beside the pool, on one thread, for what must go on while calls to the database are refused:
 * operators' orders, their audit, keys, the memory of state changes. What may come in: how that work reaches the database. Not: the
 * work itself.
 */
@NullMarked
package dev.mooring.registry.control;

import org.jspecify.annotations.NullMarked;
