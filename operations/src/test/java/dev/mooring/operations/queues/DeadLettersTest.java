package dev.mooring.operations.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.messages.Message;
import dev.mooring.messages.MessagesSchema;
import dev.mooring.messages.Outbox;
import dev.mooring.operations.access.Caller;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditQuery;
import dev.mooring.operations.control.ControlRig;
import dev.mooring.operations.control.OperationsSchema;
import dev.mooring.postgres.Migrations;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators do with dead letters, and what the audit keeps of it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadLettersTest {
    private static final Caller OPERATOR = new Caller("carol", Set.of(), Optional.empty());
    private static final String DATABASE = "dead_letters";

    private static TestPostgres server;
    private static ControlRig rig;
    private static Audit audit;
    private static DeadLetterController calls;

    @BeforeAll
    static void start() throws SQLException {
        server = TestPostgres.started();
        server.admin().createDatabase(DATABASE);
        Migrations.of("mooring", MessagesSchema.SCRIPTS, OperationsSchema.SCRIPTS)
                .run(server.admin().dataSource(DATABASE));
        rig = ControlRig.on(server, DATABASE);
        audit = new Audit(rig.control);
        calls = new DeadLetterController(new DeadLetterActs(rig.control, audit, true, Time.system()));
    }

    @AfterAll
    static void end() {
        rig.close();
        server.close();
    }

    @Test
    void deadLetter_isShownWithItsCauseAndPutBack_onceAndInTheAudit() throws Exception {
        UUID id = dead("replayed");
        add("replayed", "{}");

        JsonNode shown = json(calls.one(id.toString()));
        assertThat(shown.path("id").asString()).isEqualTo(id.toString());
        assertThat(shown.path("destination").asString()).isEqualTo("redis");
        assertThat(shown.path("key").asString()).isEqualTo("replayed");
        assertThat(shown.path("type").asString()).isEqualTo("model.registered");
        assertThat(shown.path("attempts").asInt()).isEqualTo(10);
        assertThat(shown.path("cause").path("kind").asString()).isEqualTo("protocol_error");
        assertThat(shown.path("cause").path("message").asString()).isEqualTo("too large");
        assertThat(shown.path("payload").path("name").asString()).isEqualTo("replayed");
        assertThat(shown.path("waiting").asInt()).isEqualTo(1);
        assertThat(shown.path("later").asInt()).isZero();
        assertThat(Instant.parse(shown.path("died_at").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(shown.path("history").get(0).path("message").asString()).isEqualTo("first");

        assertThat(calls.replay(id.toString(), OPERATOR).id()).isEqualTo(id);

        assertThat(state(id)).isEqualTo("pending true 0");
        refuses(() -> calls.replay(id.toString(), OPERATOR), 409, "not_a_dead_letter");
        refuses(() -> calls.discard(id.toString(), OPERATOR), 409, "not_a_dead_letter");
        refuses(() -> calls.one(id.toString()), 404, "dead_letter_not_found");
        assertThat(entered("redis/" + id)).containsExactly("carol dead_letter.replay");
    }

    @Test
    void deadLetter_thatIsDiscarded_isGoneAndInTheAudit() throws Exception {
        UUID id = dead("discarded");

        calls.discard(id.toString(), OPERATOR);

        refuses(() -> calls.one(id.toString()), 404, "dead_letter_not_found");
        refuses(() -> calls.discard(id.toString(), OPERATOR), 404, "dead_letter_not_found");
        assertThat(entered("redis/" + id)).containsExactly("carol dead_letter.discard");
    }

    @Test
    void list_isReadPageByPage_newestFirst() throws Exception {
        UUID older = dead("listed");
        UUID newer = dead("listed");

        DeadLetterController.LetterList first = calls.list("redis", "1", null);
        assertThat(first.deadLetters())
                .extracting(DeadLetterController.LetterView::id)
                .containsExactly(newer);
        DeadLetterController.LetterList second = calls.list("redis", "1", first.nextPageToken());
        assertThat(second.deadLetters())
                .extracting(DeadLetterController.LetterView::id)
                .containsExactly(older);
        assertThat(json(first).path("dead_letters").get(0).has("later")).isFalse();
        assertThat(calls.list("mlflow", null, null).deadLetters()).isEmpty();
        refuses(() -> calls.list("", "0", "nonsense"), 422, "invalid_request");
    }

    @Test
    void ids_thatAreNone_areNotFound() {
        refuses(() -> calls.one("17"), 404, "dead_letter_not_found");
        refuses(() -> calls.replay("17", OPERATOR), 404, "dead_letter_not_found");
        refuses(() -> calls.discard(UUID.randomUUID().toString(), OPERATOR), 404, "dead_letter_not_found");
    }

    @Test
    void replay_whileATransactionHoldsItsKey_isRefusedSoonAndChangesNothing() throws Exception {
        UUID id = dead("busy");
        try (Connection writer = server.admin().dataSource(DATABASE).getConnection()) {
            writer.setAutoCommit(false);
            Outbox.add(writer, new Message(UUID.randomUUID(), "redis", "busy", "model.registered", "{}"));
            refuses(() -> calls.replay(id.toString(), OPERATOR), 409, "key_is_busy");
            writer.rollback();
        }

        assertThat(state(id)).isEqualTo("dead false 10");
        assertThat(entered("redis/" + id)).isEmpty();
    }

    @Test
    void application_withoutAnOutbox_hasNoDeadLetters() throws Exception {
        try (ControlRig without = ControlRig.onMigrated(server)) {
            DeadLetterController none = new DeadLetterController(
                    new DeadLetterActs(without.control, new Audit(without.control), false, Time.system()));
            assertThat(none.list("", null, null).deadLetters()).isEmpty();
        }
    }

    private static UUID dead(String key) throws SQLException {
        UUID id = add(key, "{\"name\":\"" + key + "\"}");
        server.admin().execute(DATABASE, """
                update mooring.outbox set state = 'dead', leads = false, ended_at = now(), cause_kind = 'protocol_error',
                  cause_message = 'too large', refusals = 10,
                  history = jsonb_build_array(jsonb_build_object('at', now(), 'kind', 'protocol_error', 'message', 'first'))
                where message_id = '%s'""".formatted(id));
        server.admin().execute(DATABASE, """
                update mooring.outbox set leads = false, state = 'sent', ended_at = now() - interval '1 hour'
                where state = 'pending' and ordering_key = '%s'""".formatted(key));
        return id;
    }

    private static UUID add(String key, String payload) throws SQLException {
        UUID id = UUID.randomUUID();
        try (Connection connection = server.admin().dataSource(DATABASE).getConnection()) {
            Outbox.add(connection, new Message(id, "redis", key, "model.registered", payload));
        }
        return id;
    }

    private static String state(UUID id) throws SQLException {
        return server.admin()
                .ask(
                        DATABASE,
                        "select state || ' ' || leads || ' ' || refusals from mooring.outbox where message_id = '" + id
                                + "'");
    }

    private static List<String> entered(String subject) {
        AuditQuery all = new AuditQuery(Instant.EPOCH, "", Long.MAX_VALUE, 100);
        return rig.control.call(database -> audit.read(database, all), Duration.ofSeconds(5)).stream()
                .filter(row -> row.entry().subject().equals(subject))
                .map(row -> row.entry().actor() + " " + row.entry().action())
                .toList();
    }

    private static JsonNode json(Object answer) {
        return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(answer));
    }

    private static void refuses(ThrowingCallable call, int status, String code) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(call).satisfies(refused -> {
            assertThat(refused.problem().status()).isEqualTo(status);
            assertThat(refused.problem().code()).isEqualTo(code);
        });
    }
}
