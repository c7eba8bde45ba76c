package dev.mooring.operations.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an instance of a service with operations knows after its restart, while another instance runs on the same PostgreSQL. */
@Tag("long")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BooksAppRestartTest {
    private static final String ADMIN = Instance.ADMIN_KEY;
    private static final String DATABASE = "books";
    private static final String BECAUSE = "{\"reason\":\"new ranking\"}";

    private static TestPostgres server;
    private static Instance one;
    private static Instance other;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase(DATABASE);
        one = Instance.on(server, DATABASE);
        other = Instance.on(server, DATABASE);
    }

    @AfterAll
    static void end() {
        other.close();
        one.close();
        server.close();
    }

    @AfterEach
    void reset() throws Exception {
        one.order("reset", "{\"reason\":\"end of the test\"}");
        other.awaitState("CLOSED");
    }

    @Test
    void order_isInForceAgainAfterARestart() throws Exception {
        one.order("open", BECAUSE);
        other.awaitState("FORCED_OPEN");
        other.close();

        other = Instance.on(server, DATABASE);

        other.awaitState("FORCED_OPEN");
        assertThat(other.read("/ops/breakers/ranking")
                        .path("forced")
                        .path("reason")
                        .asString())
                .isEqualTo("new ranking");
    }

    @Test
    void history_survivesARestart() throws Exception {
        one.order("open", BECAUSE);
        other.awaitState("FORCED_OPEN");
        String recorded =
                "select count(*) from mooring.state_change where dependency = 'ranking' and status_to = 'down'";
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !server.admin().ask(DATABASE, recorded).equals("0"));
        other.close();

        other = Instance.on(server, DATABASE);

        await().atMost(Duration.ofSeconds(20)).until(() -> changes(other).contains("unknown"));
        assertThat(changes(other)).contains("down");
    }

    @Test
    void configurationOfAStart_isInTheAudit_andSoIsWhatTheNextOneChanges() throws Exception {
        other.close();

        other = Instance.on(server, DATABASE, "mooring.service.features", "fast");

        await().atMost(Duration.ofSeconds(20)).until(() -> actions(one).contains("configuration.changed"));
        assertThat(actions(one)).contains("configuration.recorded");
        assertThat(one.read("/ops/audit?actor=mooring").toString())
                .contains("SERVICE_FEATURES", "ADMIN_API_KEY is set")
                .doesNotContain(ADMIN);
    }

    private static List<String> actions(Instance instance) throws Exception {
        List<String> actions = new ArrayList<>();
        instance.read("/ops/audit?actor=mooring")
                .path("entries")
                .forEach(entry -> actions.add(entry.path("action").asString()));
        return actions;
    }

    private static List<String> changes(Instance instance) throws Exception {
        List<String> statuses = new ArrayList<>();
        instance.read("/health/history?dependency=ranking")
                .path("changes")
                .forEach(change -> statuses.add(change.path("to").asString()));
        return statuses;
    }
}
