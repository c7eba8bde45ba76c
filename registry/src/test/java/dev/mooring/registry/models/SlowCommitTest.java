package dev.mooring.registry.models;

import static dev.mooring.registry.models.RegistryKit.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The network breaks while the server commits, which takes a second here; on the supervised pool. */
@Timeout(120)
class SlowCommitTest {
    private static final Duration REQUEST = Duration.ofSeconds(3);

    private final TestPostgres server = RegistryKit.server();
    private final String database = RegistryKit.migratedDatabase();
    private final FaultProxy proxy = FaultProxy.to(server.host(), server.port());
    private final Postgres postgres = Postgres.of(settings());
    private final Mooring mooring = Mooring.supervise(postgres.dependency());
    private final RegistryKit kit = RegistryKit.over(postgres.dataSource());
    private final ExecutorService client = Executors.newSingleThreadExecutor();

    @BeforeEach
    void makeCommitsSlow() throws Exception {
        assertThat(mooring.awaitCritical(Duration.ofSeconds(20))).isTrue();
        server.admin().execute(database, """
                create function linger() returns trigger language plpgsql as 'begin perform pg_sleep(1); return null; end';
                create constraint trigger linger after insert on mooring.registration
                  deferrable initially deferred for each row execute function linger()""");
    }

    @AfterEach
    void end() {
        client.shutdownNow();
        mooring.close();
        postgres.close();
        proxy.close();
    }

    @Test
    void silenceDuringTheCommit_endsInTimeAsUnknown_andTheKeyTellsTheTruthLater() throws Exception {
        NewRegistration first = wanted("silent", "key", "s");
        CompletableFuture<Throwable> answer = startCommitting(first);
        long begun = System.nanoTime();
        proxy.inject(Fault.silence());

        Throwable told = answer.get(10, TimeUnit.SECONDS);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        System.out.printf(
                Locale.ROOT,
                "measured end of a request whose commit fell silent: %d ms (at most %d ms)%n",
                took.toMillis(),
                REQUEST.toMillis() + 500);
        assertThat(took).isLessThan(REQUEST.plusMillis(500));
        assertThat(told).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.problem().code()).isEqualTo("outcome_unknown");
            assertThat(problem.problem().more())
                    .containsEntry("registration_id", first.id().toString());
        });
        proxy.heal();
        assertThat(mooring.awaitCritical(Duration.ofSeconds(20))).isTrue();
        await().ignoreExceptions().untilAsserted(() -> {
            Registered again = kit.registry.register(wanted("silent", "key", "s"));
            assertThat(kit.count("model_version")).isEqualTo(1);
            assertThat(kit.registry.registration(again.registration().id())).contains(again.registration());
        });
    }

    @Test
    void resetDuringTheCommit_isSettledByASecondTry() throws Exception {
        NewRegistration wanted = wanted("reset", null, "s");
        CompletableFuture<Throwable> answer = startCommitting(wanted);

        proxy.resetAll();

        assertThat(answer.get(10, TimeUnit.SECONDS)).isNull();
        assertThat(kit.count("model_version")).isEqualTo(1);
        assertThat(kit.registry.registration(wanted.id())).isPresent();
    }

    @Test
    void deadlineBeforeTheCommit_isNoUnknownOutcome() {
        try (Deadline.Scope passed = Deadline.in(Duration.ZERO, Time.system()).open()) {
            Throwable refused = catchThrowableOfType(
                    RuntimeException.class, () -> kit.registry.register(wanted("late", null, "s")));

            assertThat(refused).isNotInstanceOf(ProblemException.class);
        }
        assertThat(kit.count("registration")).isZero();
    }

    /** Registers with a request's deadline on another thread; returns when the server commits. The future gives what that threw. */
    private CompletableFuture<Throwable> startCommitting(NewRegistration wanted) {
        CompletableFuture<Throwable> answer = new CompletableFuture<>();
        client.execute(() -> {
            try (Deadline.Scope request = Deadline.in(REQUEST, Time.system()).open()) {
                kit.registry.register(wanted);
                answer.complete(null);
            } catch (Throwable thrown) {
                answer.complete(thrown);
            }
        });
        await().pollInterval(Duration.ofMillis(10)).until(this::isCommitting);
        return answer;
    }

    private boolean isCommitting() throws SQLException {
        String committing = server.admin()
                .ask(
                        database,
                        "select count(*) from pg_stat_activity where query = 'COMMIT' and state = 'active' and datname = '"
                                + database + "'");
        return committing.equals("1");
    }

    private PostgresSettings settings() {
        Settings settings = Settings.ofEnvironment(Map.of(
                "DATABASE_HOST", proxy.host(),
                "DATABASE_PORT", String.valueOf(proxy.port()),
                "DATABASE_USER", server.admin().user(),
                "DATABASE_PASSWORD", server.admin().password(),
                "DATABASE_NAME", database,
                "HEALTH_CHECK_TIMEOUT", "3",
                "DATABASE_POOL_MAX", "3"));
        PostgresSettings read = PostgresSettings.from(settings);
        settings.orThrow();
        return read;
    }
}
