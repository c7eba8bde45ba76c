package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.Secret;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.load.SteadyLoad;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The code of docs/how-to/test-an-outage.md. */
@Timeout(90)
class OutageExampleTest {
    // tag::database
    @Test
    void orders_whileTheDatabaseIsAway_areRefusedAtOnce_andWorkAgainAfterwards() throws Exception {
        try (TestPostgres server = TestPostgres.started();
                Postgres postgres = Postgres.of(settings(server.host(), server.port(), server));
                Mooring mooring = Mooring.supervise(postgres.dependency())) {
            mooring.awaitCritical(Duration.ofSeconds(10));
            server.stop();
            await().until(() -> !mooring.health().ready());
            assertThatThrownBy(() -> ask(postgres)).isInstanceOf(SQLException.class);
            server.start();
            await().until(() -> mooring.health().ready());
            ask(postgres);
        }
    }
    // end::database

    // tag::network
    @Test
    void orders_overASlowNetwork_areSlowAndNotRefused() throws Exception {
        try (TestPostgres server = TestPostgres.started();
                FaultProxy network = FaultProxy.to(server.host(), server.port());
                Postgres postgres = Postgres.of(settings(network.host(), network.port(), server));
                Mooring mooring = Mooring.supervise(postgres.dependency())) {
            mooring.awaitCritical(Duration.ofSeconds(10));
            network.inject(Fault.latency(Duration.ofMillis(100)));
            ask(postgres);
            assertThat(mooring.health().ready()).isTrue();
            network.resetAll(); // every connection breaks, as in a failover
            await().ignoreExceptions().until(() -> ask(postgres));
            network.heal();
        }
    }
    // end::network

    // tag::backend
    @Test
    void ranking_thatHangs_costsNoCallerMoreThanItsLimit() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                HttpBackend ranking = HttpBackend.with(HttpSettings.at("ranking", server.uri())
                                .limits(limits -> limits.response(Duration.ofMillis(300))))
                        .build();
                Mooring mooring = Mooring.supervise(ranking.dependency())) {
            server.answers((request, reply) -> reply.hang());
            SteadyLoad users = SteadyLoad.of(50, () -> ranking.send(HttpCall.get("/rank")));
            await().until(() -> ranking.dependency().breaker().view().state() == BreakerState.OPEN);
            assertThat(users.stop().slowest()).isLessThan(Duration.ofSeconds(3));
        }
    }
    // end::backend

    // tag::helpers
    private static PostgresSettings settings(String host, int port, TestPostgres server) {
        return PostgresSettings.at(host, port, "postgres")
                .user(server.admin().user(), Secret.of(server.admin().password()));
    }

    private static boolean ask(Postgres postgres) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection()) {
            return connection.isValid(1);
        }
    }
    // end::helpers
}
