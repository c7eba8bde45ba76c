/**
 * The connection pools of a service, as operators see them: {@code /ops/pools}. What may come in: figures, and acts on pools. Not: how a pool
 * works.
 */
@NullMarked
package dev.mooring.operations.pools;

import org.jspecify.annotations.NullMarked;
