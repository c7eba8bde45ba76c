/**
 * Supervises the application's database: creates the {@code DataSource} from our settings or from Boot's own, and runs Flyway's
 * migrations as a start task. What may come in: wiring. The module postgres has the rest.
 */
@NullMarked
package dev.mooring.spring.postgres;

import org.jspecify.annotations.NullMarked;
