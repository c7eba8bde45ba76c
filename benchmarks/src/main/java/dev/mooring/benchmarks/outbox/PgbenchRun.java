package dev.mooring.benchmarks.outbox;

import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs pgbench with a script on one database, prepared statements on, and reads how many transactions a second it made. */
record PgbenchRun(TestPostgres server, String database) {
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

    /** What one transaction of an application does: a row of its own, and a message. The statements are those of the outbox. */
    static final String APPEND = """
            \\set key random(1, 1000)
            begin;
            insert into work (content) values ('a row');
            select pg_advisory_xact_lock(hashtextextended('queue' || chr(10) || 'key-' || :key, 0));
            insert into mooring.outbox (message_id, destination, ordering_key, type, payload, traceparent, leads, ready_at, due_at)
            select gen_random_uuid(), line.destination, line.ordering_key, 'model.registered', '{"name": "model", "version": 1}', null,
                   not exists (select from mooring.outbox o where o.destination = line.destination
                                 and o.ordering_key = line.ordering_key and o.state = 'pending'),
                   statement_timestamp(), statement_timestamp()
            from (select 'queue' as destination, 'key-' || :key as ordering_key) line
            returning case when leads then pg_notify('mooring_outbox', destination) end;
            commit;
            """;

    /** The same without the message. */
    static final String PLAIN = "begin;\ninsert into work (content) values ('a row');\ncommit;\n";

    /** What a relay must do for one message: claim it, then record that it arrived and let the next of its key lead. */
    static final String DELIVER = """
            with due as (
              select message_id from mooring.outbox
              where destination = 'queue' and state = 'pending' and leads and due_at <= statement_timestamp()
              order by due_at limit 1 for update skip locked)
            update mooring.outbox o set claimed_by = '00000000-0000-0000-0000-000000000001', claims = claims + 1,
                   due_at = clock_timestamp() + interval '1 minute'
            from due where o.message_id = due.message_id
            returning o.message_id as id, o.ordering_key as key \\gset
            begin;
            select pg_advisory_xact_lock(hashtextextended('queue' || chr(10) || :key, 0));
            update mooring.outbox set state = 'sent', leads = false, ended_at = clock_timestamp()
            where message_id = cast(:id as uuid) and state = 'pending';
            update mooring.outbox set leads = true
            where message_id = (select message_id from mooring.outbox where destination = 'queue' and ordering_key = :key
                                  and state = 'pending' order by seq limit 1);
            commit;
            """;

    double perSecond(String script, int clients, Duration lasts) throws IOException {
        Path file = Files.createTempFile("mooring-pgbench", ".sql");
        try {
            Files.writeString(file, script);
            try (ChildProcess pgbench = ChildProcess.command(
                            "pgbench",
                            "-n",
                            "-M",
                            "prepared",
                            "-c",
                            String.valueOf(clients),
                            "-j",
                            "1",
                            "-T",
                            String.valueOf(lasts.toSeconds()),
                            "-f",
                            file.toString(),
                            "-h",
                            server.host(),
                            "-p",
                            String.valueOf(server.port()),
                            "-U",
                            server.admin().user(),
                            database)
                    .environment("PGPASSWORD", server.admin().password())
                    .start()) {
                int code = pgbench.awaitExit(lasts.plusSeconds(30));
                Matcher tps = TPS.matcher(String.join("\n", pgbench.lines()));
                if (code != 0 || !tps.find()) {
                    throw new IllegalStateException("pgbench ended with " + code + ": " + pgbench.lines());
                }
                return Double.parseDouble(tps.group(1));
            }
        } finally {
            Files.delete(file);
        }
    }
}
