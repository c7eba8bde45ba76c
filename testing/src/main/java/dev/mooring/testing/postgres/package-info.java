/**
 * A real PostgreSQL that a test starts in less than a second and then breaks: stops, kills, freezes, fills up, makes read-only.
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
 * <p>{@link dev.mooring.testing.postgres.PostgresPrograms} chooses the PostgreSQL: by default the embedded one (18); with the environment
 * variable {@code TEST_POSTGRES=15} an installed one of that version. {@code fsync} is off: a killed server keeps what it committed, a
 * killed machine would not. What may come in: states of one server that a client can meet.
 */
@NullMarked
package dev.mooring.testing.postgres;

import org.jspecify.annotations.NullMarked;
