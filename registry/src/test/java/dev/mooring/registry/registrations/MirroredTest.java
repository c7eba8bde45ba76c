package dev.mooring.registry.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.registry.models.NewRegistration;
import dev.mooring.registry.models.RegistrationTable;
import dev.mooring.registry.store.MirrorMarks;
import dev.mooring.registry.store.Origin;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the mirror knows after a delivery. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MirroredTest {
    private static final String KNOWN = "select m.confirmed_at is not null and v.confirmed_at is not null"
            + " from mooring.model m join mooring.model_version v on v.origin = m.origin and v.model = m.name";

    private final ExecutorService delivery = Executors.newSingleThreadExecutor();
    private final NewRegistration wanted = RegistrationsRig.wanted("churn", null);
    private final Payload payload = Payload.of(wanted);
    private TestPostgres server;
    private String database;
    private Connection connection;

    @BeforeEach
    void begin() throws Exception {
        server = TestPostgres.started();
        database = RegistrationsRig.newDatabase(server);
        connection = server.admin().dataSource(database).getConnection();
        assertThat(new RegistrationTable(Origin.MLFLOW, client()).accept(wanted))
                .isTrue();
    }

    @AfterEach
    void end() throws Exception {
        delivery.shutdownNow();
        connection.close();
        server.close();
    }

    @Test
    void delivery_thatMadeModelAndVersion_letsTheMirrorKnowBoth() throws Exception {
        enter(System.nanoTime());

        assertThat(ask(KNOWN)).isEqualTo("t");
    }

    @Test
    void answer_toARequestBeforeAnotherChange_doesNotCount_alsoWhenTheServerStandsStillMeanwhile() throws Exception {
        enter(System.nanoTime());
        int forgotten =
                client().sql("update mooring.model set confirmed_at = null").update()
                        + client().sql("update mooring.model_version set confirmed_at = null")
                                .update();
        assertThat(forgotten).isEqualTo(2);
        long sentAt = System.nanoTime();
        new MirrorMarks(client()).written(Origin.MLFLOW, List.of("churn"));

        CountDownLatch begun = new CountDownLatch(1);
        server.freeze();
        Future<?> entered = delivery.submit(() -> {
            begun.countDown();
            new MirroredKnowledge(client(), new MirrorMarks(client())).after(made(sentAt));
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        long asked = System.nanoTime();
        await().until(() -> System.nanoTime() - asked > Duration.ofSeconds(1).toNanos());
        server.thaw();
        entered.get(20, TimeUnit.SECONDS);

        assertThat(ask(KNOWN)).isEqualTo("f");
    }

    @Test
    void version_thatTheMirrorHadReadBefore_isTheCallersInTheHistory_once() throws Exception {
        int read = client().sql("""
                        with model as (insert into mooring.model (origin, name, last_version) values ('mlflow', 'churn', 1) returning *),
                        version as (
                          insert into mooring.model_version (origin, model, version, source, tags, registered_by)
                          select origin, name, 1, 's3://models/churn', '{}', 'mlflow' from model)
                        insert into mooring.model_event (origin, model, model_id, action, version, actor)
                        select origin, name, model_id, 'registered', 1, 'mlflow' from model""").update();
        assertThat(read).isOne();

        enter(System.nanoTime());

        assertThat(ask("select string_agg(actor || ' ' || coalesce(registration_id::text, ''), ', ')"
                        + " from mooring.model_event where action = 'registered'"))
                .isEqualTo("alice " + wanted.id());
    }

    /** As after MLflow's database was put back to an older state. */
    @Test
    void number_thatMlflowGaveBefore_isAnotherVersionWithoutTheAliasesOfTheFirst() throws Exception {
        new Mirrored()
                .made(client(), payload, Made.before(new MadeVersion("churn", 1, "s3://models/older", Instant.EPOCH)));
        assertThat(client().sql("""
                        insert into mooring.model_alias (origin, model, alias, version) values ('mlflow', 'churn', 'champion', 1)""").update()).isEqualTo(1);
        assertThat(client().sql("update mooring.model_version set registration_id = null")
                        .update())
                .isEqualTo(1);

        enter(System.nanoTime());

        assertThat(ask("select source || ' ' || registration_id from mooring.model_version"))
                .isEqualTo(payload.source() + " " + payload.registrationId());
        assertThat(ask("select count(*) from mooring.model_alias")).isEqualTo("0");
        assertThat(ask("select string_agg(action, ' ' order by seq) from mooring.model_event"))
                .isEqualTo("registered alias_removed version_deleted registered");
    }

    private void enter(long sentAt) {
        assertThat(new Mirrored().made(client(), payload, made(sentAt))).isNotNull();
    }

    /** A delivery made the model and its first version, by requests that went out at {@code sentAt}. */
    private Made made(long sentAt) {
        Instant now = Instant.now();
        return new Made(
                new MadeVersion("churn", 1, payload.source(), now),
                OptionalLong.of(sentAt),
                Optional.of(new Made.Model(now, sentAt)));
    }

    private JdbcClient client() {
        return Outcomes.client(connection);
    }

    private String ask(String sql) throws Exception {
        return server.admin().ask(database, sql);
    }
}
