package dev.mooring.postgres;

import dev.mooring.DependencyBuilder;
import dev.mooring.Mooring;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** The code of docs/how-to/databases-in-code.md. {@link TwoDatabasesTest} runs it. */
final class TwoDatabases implements AutoCloseable {
    final Postgres orders;
    final Postgres reports;
    final Mooring mooring;

    TwoDatabases(String host, int port, Path passwordFile, String reportsUri, Supplier<String> vault) {
        // tag::orders
        PostgresSettings ordersSettings = PostgresSettings.at(host, port, "orders")
                .named("orders")
                .user("clerk", SecretSource.file(passwordFile))
                .pool(pool -> pool.max(10))
                .limits(limits -> limits.acquire(Duration.ofSeconds(1)).statement(Duration.ofSeconds(5)))
                .breaker(breaker -> breaker.failures(3));
        // end::orders
        // tag::reports
        PostgresSettings reportsSettings = PostgresSettings.at(reportsUri) // postgresql://reader@host:5432/reports
                .named("reports")
                .user("reader", () -> Secret.of(vault.get()))
                .pool(pool -> pool.max(3));
        // end::reports
        // tag::both
        orders = Postgres.of(ordersSettings);
        reports = Postgres.with(reportsSettings)
                .dependency(DependencyBuilder::optional) // the service is ready without it
                .build();
        mooring = Mooring.supervise(orders.dependency(), reports.dependency());
        // end::both
    }

    @Override
    public void close() {
        mooring.close();
        orders.close();
        reports.close();
    }
}
