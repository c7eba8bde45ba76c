/**
 * Supervises the databases of the application: puts supervised data sources in the place of those that Boot or the application makes, creates
 * one from our own settings where there is none, and lets Boot's initializers run when the database is there. What may come in: wiring. The
 * module postgres has the rest.
 */
@NullMarked
package dev.mooring.spring.postgres;

import org.jspecify.annotations.NullMarked;
