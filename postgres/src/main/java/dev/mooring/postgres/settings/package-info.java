/**
 * The settings of a PostgreSQL dependency: their definitions, and their values, read and checked. What may come in: definitions and values,
 * no behaviour.
 */
@NullMarked
package dev.mooring.postgres.settings;

import org.jspecify.annotations.NullMarked;
