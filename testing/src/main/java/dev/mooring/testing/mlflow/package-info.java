/**
 * A real MLflow server for tests, and Python scripts that use MLflow's own client.
 *
 * <pre>{@code
 * @BeforeAll
 * static void start() {
 *     Optional<String> missing = MlflowInstallation.missing();
 *     assumeTrue(missing.isEmpty(), missing::toString);
 *     mlflow = TestMlflow.on(postgres);
 * }
 * }</pre>
 *
 * <p>Both use a Python environment that {@link dev.mooring.testing.mlflow.MlflowInstallation} makes once per machine, outside the source
 * tree. Where that is not possible, a test skips itself with the reason. All processes end with the JVM of the test.
 */
@NullMarked
package dev.mooring.testing.mlflow;

import org.jspecify.annotations.NullMarked;
