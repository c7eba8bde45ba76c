package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that an older release wrote. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigrationTest {
    @Test
    void messages_thatAnOlderReleaseAdded_areDeliveredAndItsDeadLettersAreShown() throws Exception {
        try (TestPostgres server = TestPostgres.started()) {
            server.admin().createDatabase(OutboxRig.DATABASE);
            server.admin().execute(OutboxRig.DATABASE, "create schema mooring");
            server.admin().execute(OutboxRig.DATABASE, script("V6__outbox.sql"));
            try (OutboxRig rig = new OutboxRig(server)) {
                Message waiting = rig.message("model", "old");
                UUID dead = OutboxRig.id();
                server.admin().execute(OutboxRig.DATABASE, """
                        insert into mooring.outbox (message_id, destination, ordering_key, type, payload, leads, ready_at, due_at)
                        values ('%1$s', '%2$s', 'model', 'test', '{"text": "old"}', true, now(), now());
                        insert into mooring.outbox (message_id, destination, ordering_key, type, payload, state, leads, ready_at, due_at,
                                                    refusals, cause_kind, ended_at)
                        values ('%3$s', '%2$s', 'model', 'test', '{}', 'dead', false, now(), now(), 10, 'http_error', now())""".formatted(waiting.id(), rig.destination, dead));
                server.admin().execute(OutboxRig.DATABASE, script("V16__batches_and_dead_letters.sql"));
                server.admin().execute(OutboxRig.DATABASE, script("V19__outbox_costs.sql"));
                Destination destination = new Destination();

                rig.relay(destination);

                rig.awaitState(waiting, "sent");
                assertThat(destination.received("model")).containsExactly("old");
                DeadLetter letter = Work.transact(rig.database(), connection -> DeadLetters.find(connection, dead))
                        .orElseThrow();
                assertThat(letter.history()).isEmpty();
                assertThat(letter.causeMessage()).isEmpty();
            }
        }
    }

    /** PostgreSQL prepares each check and each predicate of an index again for each message. */
    @Test
    void tableOfMessages_hasNoChecksAndFiveIndexes() throws Exception {
        try (TestPostgres server = TestPostgres.started()) {
            server.admin().createDatabase(OutboxRig.DATABASE);
            MessagesSchema.migrations().run(server.admin().dataSource(OutboxRig.DATABASE));

            assertThat(server.admin().ask(OutboxRig.DATABASE, """
                    select count(*) from pg_constraint
                    where conrelid = 'mooring.outbox'::regclass and contype in ('c', 'f')""")).isEqualTo("0");
            assertThat(server.admin().ask(OutboxRig.DATABASE, """
                    select string_agg(indexname, ' ' order by indexname) from pg_indexes
                    where schemaname = 'mooring' and tablename = 'outbox'"""))
                    .isEqualTo("outbox_claimable outbox_dead outbox_ended outbox_line outbox_pkey");
        }
    }

    private static String script(String name) throws Exception {
        try (InputStream file = MigrationTest.class.getResourceAsStream("/db/mooring/messages/" + name)) {
            assertThat(file).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
