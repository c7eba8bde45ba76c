/** What can be set of a PostgreSQL dependency, read and checked. What may come in: definitions and their values, no behaviour. */
@NullMarked
package dev.mooring.postgres.settings;

import org.jspecify.annotations.NullMarked;
