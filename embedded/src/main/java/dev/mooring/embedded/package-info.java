/**
 * A PostgreSQL on this machine, for a program that has no server: the programs, the files and the process of PostgreSQL. A service uses
 * {@link dev.mooring.embedded.EmbeddedPostgres}, which is durable and supervised. Module {@code testing} builds its servers from
 * {@link dev.mooring.embedded.Distribution}, {@link dev.mooring.embedded.Programs} and {@link dev.mooring.embedded.PidFile}. What may come
 * in: code that keeps such a server running and its data safe. The package knows nothing of the program that uses it.
 */
@NullMarked
package dev.mooring.embedded;

import org.jspecify.annotations.NullMarked;
