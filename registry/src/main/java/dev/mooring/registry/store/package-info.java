/**
 * The tables of the registry in PostgreSQL, schema {@code mooring}: models, versions, aliases and history, for the local registry and for
 * the mirrors of MLflow servers, which {@link dev.mooring.registry.store.Origin} keeps apart. A table runs statements in the transaction
 * of its caller; {@link dev.mooring.registry.store.Transactions} opens one. What may come in: rows and the rules that the tables
 * themselves rely on. Not: HTTP.
 */
@NullMarked
package dev.mooring.registry.store;

import org.jspecify.annotations.NullMarked;
