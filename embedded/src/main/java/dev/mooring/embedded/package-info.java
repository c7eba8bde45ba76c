/**
 * A PostgreSQL on this machine, for one that has no server: its programs, its files, its process. A service uses {@link
 * dev.mooring.embedded.EmbeddedPostgres}, which is durable and supervised. The tests' servers of module {@code testing} are built from
 * {@link dev.mooring.embedded.Distribution}, {@link dev.mooring.embedded.Programs} and {@link dev.mooring.embedded.PidFile}. What may
 * come in: whatever keeps such a server running and its data safe. Knows nothing of the program that uses it.
 */
@NullMarked
package dev.mooring.embedded;

import org.jspecify.annotations.NullMarked;
