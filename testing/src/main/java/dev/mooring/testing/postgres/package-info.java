/**
 * A real PostgreSQL that a test starts in less than a second and then hurts: stops, kills, freezes, fills up, makes read-only.
 *
 * <pre>{@code
 * try (TestPostgres server = TestPostgres.builder().maxConnections(20).start()) {
 *     server.admin().createRole("registry", "secret");
 *     server.admin().createDatabase("mlflow_db", "registry");
 *     service.connect(server.jdbcUrl("mlflow_db"));
 *     server.freeze();
 *     …
 *     server.thaw();
 * }
 * }</pre>
 *
 * <p>{@link dev.mooring.testing.postgres.PostgresPrograms} says which PostgreSQL; the default is the embedded one (18), and the
 * environment variable {@code TEST_POSTGRES=15} makes it an installed one of that version. What may come in: states of one server that
 * a client can meet. The data is thrown away and {@code fsync} is off; a killed server keeps all that it committed, a killed machine
 * would not.
 */
@NullMarked
package dev.mooring.testing.postgres;

import org.jspecify.annotations.NullMarked;
