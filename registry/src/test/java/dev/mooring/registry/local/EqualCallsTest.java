package dev.mooring.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.models.RegistryKit;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.VersionRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Equal calls that make versions, on several instances of the service: what the database keeps of them decides. */
@Timeout(60)
class EqualCallsTest {
    private static final int INSTANCES = 6;
    private static final byte[] DIGEST = {1, 2, 3};

    private static RegistryKit kit;

    @BeforeAll
    static void start() {
        kit = RegistryKit.create(INSTANCES);
    }

    @AfterAll
    static void end() {
        kit.close();
    }

    @BeforeEach
    void makeModel() {
        kit.sql.sql("delete from mooring.model").update();
        kit.sql.sql("delete from mooring.model_event").update();
        kit.sql.sql("insert into mooring.model (name) values ('equal')").update();
    }

    @Test
    void callsOnManyInstancesAtOnce_makeOneVersionAndUseOneNumber() throws Exception {
        assertThat(atOnce(INSTANCES, () -> versionOf(unanswered()))).containsOnly("1");
        assertThat(count("model_version")).isEqualTo(1);
        assertThat(count("model_event where action = 'registered'")).isEqualTo(1);
        assertThat(versionOf(call(new byte[] {9}, UUID.randomUUID(), false))).isEqualTo("2");
    }

    @Test
    void callsAtOnceAfterOneThatIsTooOld_makeOneVersionAndDoNotBlockEachOther() throws Exception {
        versionOf(unanswered());
        for (int round = 0; round < 3; round++) {
            versionOf(unanswered());
            kit.sql
                    .sql("update mooring.version_request set made_at = now() - interval '11 min'")
                    .update();

            assertThat(atOnce(INSTANCES, () -> versionOf(unanswered()))).containsOnly(String.valueOf(round + 2));
        }
        assertThat(count("model_version")).isEqualTo(4);
        assertThat(deadlocks()).isZero();
    }

    @Test
    void callThatWasAnswered_isFollowedByANewVersion() {
        UUID holder = UUID.randomUUID();

        assertThat(versionOf(call(DIGEST, holder, false))).isEqualTo("1");
        assertThat(versionOf(call(DIGEST, holder, true))).isEqualTo("2");
        assertThat(count("version_request")).isEqualTo(1);
    }

    @Test
    void callThatIsTooOldToBeRepeated_isFollowedByANewVersion() {
        versionOf(unanswered());
        kit.sql
                .sql("update mooring.version_request set made_at = now() - interval '11 min'")
                .update();

        assertThat(versionOf(unanswered())).isEqualTo("2");
    }

    @Test
    void repetitionAfterTheModelGotAnotherName_findsTheVersionUnderIt() {
        versionOf(unanswered());
        kit.sql.sql("update mooring.model set name = 'renamed'").update();

        assertThat(unanswered().toString()).contains("renamed");
        assertThat(count("model_version")).isEqualTo(1);
    }

    @Test
    void repetitionAfterTheModelWasDeleted_isRefusedAsWithoutThisModel() {
        versionOf(unanswered());
        kit.sql.sql("delete from mooring.model").update();

        Assertions.assertThatExceptionOfType(MlflowException.class)
                .isThrownBy(EqualCallsTest::unanswered)
                .withMessageContaining("equal");
    }

    private static List<String> atOnce(int threads, Callable<String> call) throws Exception {
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                answers.add(pool.submit(() -> {
                    together.await();
                    return call.call();
                }));
            }
            List<String> versions = new ArrayList<>();
            for (Future<String> answer : answers) {
                versions.add(answer.get());
            }
            return versions;
        } finally {
            pool.shutdownNow();
        }
    }

    /** A call on an instance that knows nothing of the others. */
    private static Map<String, Object> unanswered() {
        return call(DIGEST, UUID.randomUUID(), false);
    }

    private static Map<String, Object> call(byte[] digest, UUID holder, boolean answered) {
        Transactions transactions = new Transactions(new JdbcTransactionManager(kit.pool));
        return new NewVersionCall(transactions, kit.sql, ModelEvents.NONE, holder)
                .calls()
                .get("POST 2.0/mlflow/model-versions/create")
                .answer(
                        Parameters.ofBody(
                                "{\"name\":\"equal\",\"source\":\"s3://b/k\"}".getBytes(StandardCharsets.UTF_8)),
                        new Sender("anonymous", new VersionRequest(digest, holder, answered)));
    }

    private static String versionOf(Map<String, Object> answer) {
        return String.valueOf(((Map<?, ?>) answer.get("model_version")).get("version"));
    }

    private static long deadlocks() {
        return kit.sql
                .sql("select deadlocks from pg_stat_database where datname = current_database()")
                .query(Long.class)
                .single();
    }

    private static long count(String rows) {
        return kit.sql
                .sql("select count(*) from mooring." + rows)
                .query(Long.class)
                .single();
    }
}
