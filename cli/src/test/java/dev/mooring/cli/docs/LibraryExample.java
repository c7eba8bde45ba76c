package dev.mooring.cli.docs;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.health.HealthReport;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;

/** The library example of the README, as a program. {@link LibraryExampleTest} runs it. */
final class LibraryExample {
    private LibraryExample() {}

    public static void main(String[] arguments) throws Exception {
        // tag::library
        Dependency ranking = Dependency.named("ranking").optional().build();
        try (Postgres postgres = Postgres.of(PostgresSettings.fromEnvironment());
                Mooring mooring = Mooring.supervise(postgres.dependency(), ranking)) {
            mooring.awaitCritical(Duration.ofSeconds(30)); // or go on immediately and be "not ready"
            try (Connection connection = postgres.dataSource().getConnection()) { // fails fast while it is down
                System.out.println(connection.getMetaData().getDatabaseProductName());
            }
            List<String> items = ranking.call(() -> rank("ada")).orElse(() -> List.of("bestsellers"));
            HealthReport health = mooring.health(); // a read of memory, never of the network
            System.out.println(health.overall() + ", " + items);
        }
        // end::library
    }

    private static List<String> rank(String user) {
        return List.of("for " + user);
    }
}
