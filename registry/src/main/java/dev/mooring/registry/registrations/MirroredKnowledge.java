package dev.mooring.registry.registrations;

import dev.mooring.operations.control.Timestamps;
import dev.mooring.registry.store.MirrorMarks;
import dev.mooring.registry.store.Origin;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the answers of MLflow to a delivery tell its mirror: a version that the delivery made has no alias, and a model that it made has nothing
 * else. So the mirror answers for both while MLflow is away. An answer counts only where no other change was entered after its request went out.
 * Callers use it in the transaction that enters the version. Thread-safe.
 */
final class MirroredKnowledge {
    /** A model that was made at another time than the one that the mirror knows is another model. */
    private static final String DROP_REMADE = """
            with dropped as (
              delete from mooring.model
              where origin = :origin and name = :model and confirmed_at is not null and created_at <> :created_at
              returning name, model_id
            )
            insert into mooring.model_event (origin, model, model_id, action, actor)
            select :origin, name, model_id, 'deleted', 'mlflow' from dropped
            """;

    /** Whether no change was entered since the request went out. */
    private static final String COUNTS = """
            (m.written_at is null or m.written_at < :sent)
              and not exists (select from mooring.mirror_gone g
                              where g.origin = m.origin and g.model = m.name
                                and g.gone_at >= :sent)
            """;

    /** All versions are known only where the mirror has no other one, which another caller may have made meanwhile. */
    private static final String CONFIRM_MODEL = """
            update mooring.model m
            set created_at = :created_at,
                confirmed_at = greatest(confirmed_at, :sent),
                versions_at = case when exists (select from mooring.model_version v where v.origin = m.origin
                                                and v.model = m.name and v.version <> :version) then versions_at
                              else greatest(versions_at, :sent) end
            where m.origin = :origin and m.name = :model and\s""" + COUNTS;

    private static final String CONFIRM_VERSION = """
            update mooring.model_version w
            set confirmed_at = :sent
            from mooring.model m
            where w.origin = :origin and w.model = :model and w.version = :version
              and m.origin = w.origin and m.name = w.model and\s""" + COUNTS;

    private final JdbcClient database;
    private final MirrorMarks marks;

    MirroredKnowledge(JdbcClient database, MirrorMarks marks) {
        this.database = database;
        this.marks = marks;
    }

    /** Before the version is entered: a model that MLflow had under the name before is gone. */
    void before(Made made) {
        made.model().ifPresent(model -> {
            int dropped = database.sql(DROP_REMADE)
                    .param("origin", Origin.MLFLOW.value())
                    .param("model", made.version().name())
                    .param("created_at", createdAt(model))
                    .update();
            assert dropped <= 1;
        });
    }

    /** After the version is entered, and before the change leaves its mark. */
    void after(Made made) {
        made.sentAt().ifPresent(sentAt -> confirm(CONFIRM_VERSION, made, sentAt));
        made.model().ifPresent(model -> {
            int confirmed = statement(CONFIRM_MODEL, made, model.sentAt())
                    .param("created_at", createdAt(model))
                    .update();
            assert confirmed <= 1;
        });
    }

    private void confirm(String sql, Made made, long sentAt) {
        int confirmed = statement(sql, made, sentAt).update();
        assert confirmed <= 1;
    }

    private JdbcClient.StatementSpec statement(String sql, Made made, long sentAt) {
        return database.sql(sql)
                .param("origin", Origin.MLFLOW.value())
                .param("model", made.version().name())
                .param("version", made.version().version())
                .param("sent", Timestamps.parameter(marks.sent(sentAt)));
    }

    private static OffsetDateTime createdAt(Made.Model model) {
        return model.createdAt().atOffset(ZoneOffset.UTC);
    }
}
