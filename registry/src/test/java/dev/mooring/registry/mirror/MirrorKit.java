package dev.mooring.registry.mirror;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.registry.gateway.OutageAnswer;
import dev.mooring.registry.gateway.RegistryAnswer;
import dev.mooring.registry.gateway.RegistryCall;
import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.registry.store.MissedChanges;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.PlannedAnew;
import dev.mooring.registry.store.Transactions;
import dev.mooring.testing.postgres.TestPostgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A mirror on a database of its own, and an observer that hears of calls as the gateway tells them. */
final class MirrorKit implements AutoCloseable {
    private static final String API = "/api/2.0/mlflow/";

    final JdbcClient sql;
    final Transactions transactions;
    final MissedChanges missed = new MissedChanges();
    final Mirror mirror;
    final MirrorObserver observer;
    private final PassingReads reads;
    private final HikariDataSource pool = new HikariDataSource();

    MirrorKit(TestPostgres server) throws SQLException {
        this(server, ModelEvents.NONE);
    }

    MirrorKit(TestPostgres server, ModelEvents events) throws SQLException {
        String database = "mirror_" + UUID.randomUUID().toString().replace("-", "");
        server.admin().createDatabase(database);
        Flyway.configure()
                .dataSource(server.admin().dataSource(database))
                .schemas("mooring")
                .load()
                .migrate();
        pool.setJdbcUrl(server.jdbcUrl(database));
        pool.setUsername(server.admin().user());
        pool.setPassword(server.admin().password());
        sql = JdbcClient.create(pool);
        transactions = new Transactions(new JdbcTransactionManager(pool));
        mirror = new Mirror(transactions, sql);
        reads = new PassingReads(mirror, transactions, sql).start();
        observer = new MirrorObserver(
                new PassingWrites(transactions, sql, events, missed),
                reads,
                new OutageAnswers(transactions, sql, PlannedAnew.on(pool)),
                mirror,
                new Workspaces(transactions, sql),
                Duration.ofMinutes(1));
    }

    /** A change that went out at {@code sentAt} and that MLflow made. */
    void made(String method, String endpoint, Map<String, ?> body, Object answer, String actor, long sentAt) {
        observer.saw(call(method, endpoint, "", FakeMlflow.text(body), actor, "", sentAt), answer(200, answer));
    }

    /** A read that MLflow answered. */
    void read(String endpoint, Map<String, String> query, Object answer, String workspace) {
        observer.saw(
                call("GET", endpoint, text(query), "", "reader", workspace, System.nanoTime()), answer(200, answer));
    }

    /** The answer in an outage. */
    Optional<OutageAnswer> outage(String endpoint, Map<String, String> query, String workspace) {
        return observer.answerInOutage(call("GET", endpoint, text(query), "", "reader", workspace, System.nanoTime()));
    }

    static RegistryAnswer answer(int status, Object json) {
        return new RegistryAnswer(status, FakeMlflow.text(json).getBytes(StandardCharsets.UTF_8));
    }

    static RegistryCall call(
            String method, String endpoint, String query, String body, String actor, String workspace, long sentAt) {
        return new RegistryCall(
                MlflowCall.of(method, API + endpoint).orElseThrow(),
                Optional.of(workspace).filter(name -> !name.isEmpty()),
                actor,
                query,
                body.getBytes(StandardCharsets.UTF_8),
                sentAt);
    }

    private static String text(Map<String, String> query) {
        return query.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    void change(String statement) {
        int unused = sql.sql(statement).update();
    }

    void enterMissed() {
        missed.enter(transactions, sql);
    }

    String ask(String question) {
        return sql.sql(question).query(String.class).optional().orElse("");
    }

    @Override
    public void close() {
        reads.close();
        pool.close();
    }
}
