package dev.mooring.registry.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.health.Status;
import dev.mooring.http.HttpBackend;
import dev.mooring.messages.MessagesSchema;
import dev.mooring.operations.control.OperationsSchema;
import dev.mooring.postgres.Migrations;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.registry.RegistrySettings;
import dev.mooring.registry.backend.MlflowBackendConfiguration;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.registry.gateway.AwayException.Reach;
import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.registry.registrations.ScriptedMlflow;
import dev.mooring.registry.registrations.ScriptedMlflow.Behaviour;
import dev.mooring.registry.registrations.TaggedVersions;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import dev.mooring.spring.problem.Problem;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose turn it is to send a repeated request, while the clocks of the process and of the database go on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CreatesTest {
    private static final String DATABASE = "creates";
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final UUID id = UuidV7.at(1);
    private final RegistryCall call = new RegistryCall(
            MlflowCall.of("POST", "/api/2.0/mlflow/model-versions/create").orElseThrow(),
            Optional.empty(),
            "alice",
            "",
            "{\"name\":\"churn\",\"source\":\"s3://models/churn\"}".getBytes(StandardCharsets.UTF_8),
            0);
    private final CreateKey key = CreateKey.of(call);
    private final AtomicBoolean hasTimeLeft = new AtomicBoolean();
    private TestPostgres server;
    private JdbcClient database;
    private CreateMemory memory;
    private ScriptedMlflow scripted;
    private HttpBackend mlflow;
    private Mooring mooring;
    /** Whether the time has gone on that the search took. Only the thread of the call uses it. */
    private boolean over;

    @BeforeEach
    void begin() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase(DATABASE);
        Migrations.of("mooring", "classpath:db/migration", OperationsSchema.SCRIPTS, MessagesSchema.SCRIPTS)
                .run(server.admin().dataSource(DATABASE));
        database = JdbcClient.create(server.admin().dataSource(DATABASE));
        memory = new CreateMemory(database);
        scripted = new ScriptedMlflow();
        Settings settings = Settings.of(
                SettingSource.environment(
                        Map.of("MLFLOW_TRACKING_URI", scripted.uri(), "HEALTH_CHECK_INTERVAL", "200ms")),
                RegistrySettings.CATALOG);
        mlflow = MlflowBackendConfiguration.backend(
                MlflowSettings.BACKEND.read(settings).orElseThrow());
        mooring = Mooring.supervise(mlflow.dependency());
        await().until(() -> mooring.health()
                .dependency("mlflow")
                .filter(known -> known.status() == Status.UP)
                .isPresent());
    }

    @AfterEach
    void end() {
        mooring.close();
        mlflow.close();
        scripted.close();
        server.close();
    }

    @Test
    void callAfterASearchThatTookLong_getsItsLongestTimeAnew() {
        assertThat(memory.begin(key, id, Duration.ZERO)).isTrue();

        send();

        assertThat(over).as("MLflow searched").isTrue();
        assertThat(hasTimeLeft).isTrue();
    }

    @Test
    void callThatMeanwhileIsAnothersTurn_isNotSent() {
        assertThat(memory.begin(key, id, Duration.ZERO)).isTrue();
        assertThat(memory.takeOver(key, memory.find(key).orElseThrow(), Duration.ZERO))
                .isTrue();
        CreateMemory.Known second = memory.find(key).orElseThrow();
        assertThat(memory.takeOver(key, second, LONGEST)).isTrue();

        assertThat(memory.extend(key, id, second.attempt(), LONGEST)).isFalse();
        memory.ended(key, id, second.attempt());
        memory.forget(key, id, second.attempt());

        assertThat(memory.find(key).orElseThrow().left()).isGreaterThan(Duration.ofSeconds(30));
    }

    /** What answers there may be a proxy; its answer is not that of the earlier call. */
    @ParameterizedTest
    @EnumSource(names = {"POOL_DRY", "HTML"})
    void answerThatSaysThatMlflowDoesNotWork_isNotTakenForThatOfTheEarlierCall(Behaviour behaviour) {
        assertThat(memory.begin(key, id, LONGEST)).isTrue();
        memory.made(key, id, 1);
        scripted.behave(behaviour);
        AtomicLong clock = new AtomicLong();
        Time time = Time.of(
                InstantSource.system(),
                () -> clock.addAndGet(Duration.ofSeconds(1).toNanos()));
        Creates creates = new Creates(mlflow, new TaggedVersions(mlflow), memory, time);

        assertThatExceptionOfType(AwayException.class)
                .isThrownBy(() -> creates.create(call, body -> {
                    throw new AssertionError("it is sent again");
                }))
                .matches(away -> away.reach() == Reach.NOT_SENT);
        assertThat(memory.find(key).orElseThrow().version()).hasValue(1);
    }

    /** Sends the request again; the exchange notes whether its call has time left by the clock of the database. */
    private void send() {
        Time time = Time.of(InstantSource.system(), this::nanos);
        Creates creates = new Creates(mlflow, new TaggedVersions(mlflow), memory, time);
        assertThatExceptionOfType(AwayException.class)
                .isThrownBy(() -> creates.create(call, body -> {
                    // Lets the time of the search pass now, if the call did not read the clock after it.
                    long unused = nanos();
                    hasTimeLeft.set(database.sql("select must_end_at > clock_timestamp() from mooring.forwarded_create")
                            .query(Boolean.class)
                            .single());
                    throw new AwayException(Problem.unavailable("mlflow", "no answer", Away.LATER), Reach.UNKNOWN);
                }));
    }

    /** The search takes as long as a call may run at most, by both clocks. */
    private long nanos() {
        if (!over
                && scripted.registry().calls().stream().anyMatch(one -> one.startsWith("GET model-versions/search"))) {
            over = true;
            int passed = database.sql("update mooring.forwarded_create set must_end_at = clock_timestamp()")
                    .update();
            assertThat(passed).isOne();
        }
        return System.nanoTime() + (over ? LONGEST.toNanos() : 0);
    }
}
