package dev.mooring.messages.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.Settings;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The programs of the pages without a framework, on a real database. */
@Timeout(60)
class ExamplesTest {
    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static PostgresSettings database(String name) throws SQLException {
        server.admin().createDatabase(name);
        Settings settings = Settings.ofEnvironment(Map.of(
                "DATABASE_HOST", server.host(),
                "DATABASE_PORT", String.valueOf(server.port()),
                "DATABASE_USER", server.admin().user(),
                "DATABASE_PASSWORD", server.admin().password(),
                "DATABASE_NAME", name));
        PostgresSettings read = PostgresSettings.from(settings);
        settings.orThrow();
        return read;
    }

    @Test
    void queueInPostgresql_onANewDatabase_bringsWhatATransactionPublished() throws Exception {
        Queue<String> deployed = new ConcurrentLinkedQueue<>();
        try (Promotions promotions =
                new Promotions(database("promotions"), message -> deployed.add(message.payload()))) {
            promotions.promote("fraud");
            await().until(() -> !deployed.isEmpty());
        }
        assertThat(deployed).containsExactly("{\"name\": \"fraud\"}");
    }

    @Test
    void outboxWithoutSpring_onANewDatabase_delivers_andReplaysItsDeadLetters() throws Exception {
        Queue<String> billed = new ConcurrentLinkedQueue<>();
        AtomicBoolean refuses = new AtomicBoolean(true);
        try (Invoices invoices = new Invoices(database("invoices"), message -> {
            if (refuses.get() && message.key().equals("eve")) {
                throw new IllegalArgumentException("no such customer");
            }
            billed.add(message.key());
        })) {
            invoices.place("ada", "{}");
            await().until(() -> billed.contains("ada"));

            invoices.place("eve", "{}");
            AtomicBoolean replayed = new AtomicBoolean();
            await().until(() -> {
                if (invoices.replayAll() > 0) {
                    replayed.set(true);
                    refuses.set(false);
                }
                return billed.contains("eve");
            });
            assertThat(replayed).isTrue();
            assertThat(billed).containsExactly("ada", "eve");
        }
    }
}
