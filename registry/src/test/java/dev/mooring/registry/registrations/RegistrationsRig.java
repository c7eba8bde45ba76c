package dev.mooring.registry.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.health.DependencyHealth;
import dev.mooring.http.HttpBackend;
import dev.mooring.messages.MessagesSchema;
import dev.mooring.messages.Relay;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.operations.control.OperationsSchema;
import dev.mooring.postgres.Migrations;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.registry.RegistrySettings;
import dev.mooring.registry.backend.MlflowBackendConfiguration;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.registry.mirror.MirrorConfiguration;
import dev.mooring.registry.models.IdempotencyKey;
import dev.mooring.registry.models.NewRegistration;
import dev.mooring.registry.models.Registered;
import dev.mooring.registry.models.Registration;
import dev.mooring.registry.models.RegistrationRequest;
import dev.mooring.registry.models.RegistrationStatus;
import dev.mooring.registry.store.MissedChanges;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.ModelName;
import dev.mooring.registry.store.Transactions;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The registry of an MLflow server, wired as in the service, on a database of its own. Its times are short. */
final class RegistrationsRig implements AutoCloseable {
    /** MLFLOW_TIMEOUT: how long a call waits for MLflow. */
    static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final TestPostgres server;
    final String database;
    final HttpBackend mlflow;
    final MlflowRegistry registry;
    private final Mooring mooring;
    private final Postgres postgres;
    private final ControlConnection control;
    private final Relay relay;
    private final Relay looks;

    RegistrationsRig(TestPostgres server, String mlflowUri) throws Exception {
        this(server, newDatabase(server), mlflowUri);
    }

    private RegistrationsRig(TestPostgres server, String database, String mlflowUri) throws Exception {
        this.server = server;
        this.database = database;
        Map<String, String> variables = new HashMap<>(Map.of(
                "DATABASE_HOST",
                server.host(),
                "DATABASE_PORT",
                String.valueOf(server.port()),
                "DATABASE_USER",
                server.admin().user(),
                "DATABASE_PASSWORD",
                server.admin().password(),
                "DATABASE_NAME",
                database,
                "MLFLOW_TRACKING_URI",
                mlflowUri,
                "MLFLOW_TIMEOUT",
                String.valueOf(TIMEOUT.toSeconds()),
                "MLFLOW_SECOND_LOOK",
                "1",
                "HEALTH_CHECK_INTERVAL",
                "200ms",
                "HEALTH_CHECK_TIMEOUT",
                "1"));
        variables.put("QUEUE_MAX_ATTEMPTS", "2");
        Settings settings = Settings.of(SettingSource.environment(variables), RegistrySettings.CATALOG);
        settings.check();
        postgres = Postgres.of(PostgresSettings.from(settings));
        mlflow = MlflowBackendConfiguration.backend(
                MlflowSettings.BACKEND.read(settings).orElseThrow());
        mooring = Mooring.supervise(postgres.dependency(), mlflow.dependency());
        assertThat(mooring.awaitCritical(Duration.ofSeconds(20))).isTrue();
        control = new ControlConnection(postgres);
        RegistrationsConfiguration wiring = new RegistrationsConfiguration();
        Transactions transactions = new Transactions(new JdbcTransactionManager(postgres.dataSource()));
        JdbcClient sql = JdbcClient.create(postgres.dataSource());
        Outcomes outcomes = wiring.registrationOutcomes(settings, ModelEvents.NONE);
        MlflowCalls calls = wiring.mlflowCalls(mlflow);
        relay = wiring.registrationRelay(settings, mlflow, calls, outcomes, postgres.dataSource(), control);
        looks = wiring.secondLooks(
                settings,
                mlflow,
                calls,
                outcomes,
                transactions,
                postgres.dataSource(),
                sql,
                new Audit(new ControlTransactions(control)));
        registry = wiring.mlflowRegistry(
                mlflow,
                transactions,
                sql,
                postgres.dataSource(),
                relay,
                calls,
                MirrorConfiguration.reads(mlflow, transactions, sql),
                ModelEvents.NONE,
                new MissedChanges());
    }

    /** Another instance of the service on the same database. */
    RegistrationsRig another(String mlflowUri) throws Exception {
        return new RegistrationsRig(server, database, mlflowUri);
    }

    /** A new database with all tables of the service; gives its name. */
    static String newDatabase(TestPostgres server) throws SQLException {
        String name = "registrations_" + NUMBER.incrementAndGet();
        server.admin().createDatabase(name);
        Migrations.of("mooring", "classpath:db/migration", OperationsSchema.SCRIPTS, MessagesSchema.SCRIPTS)
                .run(server.admin().dataSource(name));
        return name;
    }

    Registered register(String model, @Nullable String key) {
        return registry.register(wanted(model, key));
    }

    static NewRegistration wanted(String model, @Nullable String key) {
        return wanted(model, "s3://models/" + model, key);
    }

    static NewRegistration wanted(String model, String source, @Nullable String key) {
        return new NewRegistration(
                UuidV7.at(System.currentTimeMillis()),
                "alice",
                key == null ? null : new IdempotencyKey(key),
                new RegistrationRequest(new ModelName(model), source, null, "text", new TreeMap<>(), new TreeMap<>()));
    }

    Registration state(UUID id) {
        return registry.registration(id).orElseThrow();
    }

    Registration awaitStatus(UUID id, RegistrationStatus status) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> state(id).status() == status);
        return state(id);
    }

    DependencyHealth health() {
        return mooring.health().dependency("mlflow").orElseThrow();
    }

    boolean ready() {
        return mooring.health().ready();
    }

    String ask(String sql) throws SQLException {
        return server.admin().ask(database, sql);
    }

    @Override
    public void close() {
        relay.close();
        looks.close();
        control.close();
        mooring.close();
        mlflow.close();
        postgres.close();
    }
}
