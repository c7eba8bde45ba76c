/**
 * The application's database as a supervised one: from settings or from Boot's own data source properties to the {@code DataSource}
 * bean, with Flyway's migrations as its start task. What may come in: wiring. How PostgreSQL is treated is in the module postgres.
 */
@NullMarked
package dev.mooring.spring.postgres;

import org.jspecify.annotations.NullMarked;
