/**
 * The registry of models: what may be registered, how it is kept in PostgreSQL, and the calls below {@code /models} and
 * {@code /registrations}. Everything here reads and writes one schema, {@code mooring}; who the caller is and whether the
 * call is allowed is decided before it comes here.
 */
@NullMarked
package dev.mooring.registry.models;

import org.jspecify.annotations.NullMarked;
