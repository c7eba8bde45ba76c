/**
 * The registry of models: the checks of a registration, the tables in PostgreSQL, and the endpoints below {@code /models} and
 * {@code /registrations}. Everything here reads and writes one schema, {@code mooring}. Access control has identified the caller and
 * allowed the call before a request comes here.
 */
@NullMarked
package dev.mooring.registry.models;

import org.jspecify.annotations.NullMarked;
