/**
 * The flow backend, an example: four services that share one PostgreSQL. What may come in: what starts a service. Not: what a service does,
 * which has a package of its own, as has what they share.
 */
@NullMarked
package dev.mooring.examples.flow;

import org.jspecify.annotations.NullMarked;
