/**
 * The connection pools of the application's dependencies, as operators see them: figures in {@code /health/detailed}, and what gives up
 * connections. What may come in: what all pools have in common. Not: how a pool works, which is in the module of its technology.
 */
@NullMarked
package dev.mooring.spring.pool;

import org.jspecify.annotations.NullMarked;
