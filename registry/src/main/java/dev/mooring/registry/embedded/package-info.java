/**
 * The PostgreSQL that comes with the service, for a machine that has none: its programs, its files, its process. What may come in:
 * whatever keeps that one server running and its data safe. Knows nothing of the service that uses it.
 */
@NullMarked
package dev.mooring.registry.embedded;

import org.jspecify.annotations.NullMarked;
