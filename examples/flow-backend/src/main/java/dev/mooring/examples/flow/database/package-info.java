/** The database of the flow backend: its schema, and a server of one's own on a machine that has none. */
@NullMarked
package dev.mooring.examples.flow.database;

import org.jspecify.annotations.NullMarked;
