package dev.mooring.operations.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mooring.operations.audit.ChainFinding.Kind;
import dev.mooring.operations.control.ControlRig;
import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The chain of audit entries in a real PostgreSQL: whole while entries are added, and a verification finds every change. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static TestPostgres server;
    private ControlRig rig;
    private Audit audit;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        rig = ControlRig.onMigrated(server);
        audit = new Audit(rig.control);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void entries_areReadAsTheyWereWritten_newestFirst() {
        AuditEntry first =
                AuditEntry.of("alice", "breaker.open", "mlflow", "Wartung – 保守\n\"zwei\"", "{\"b\":1,\"a\":2}");
        AuditEntry second = AuditEntry.of("bob", "breaker.close", "mlflow", "", "");
        append(first);
        append(second);

        List<RecordedEntry> all = read(new AuditQuery(Instant.EPOCH, "", Long.MAX_VALUE, 10));

        assertThat(all).extracting(RecordedEntry::entry).containsExactly(second, first);
        assertThat(read(new AuditQuery(Instant.EPOCH, "alice", Long.MAX_VALUE, 10)))
                .extracting(RecordedEntry::entry)
                .containsExactly(first);
        assertThat(read(new AuditQuery(Instant.EPOCH, "", 2, 10))).hasSize(1);
        assertThat(read(new AuditQuery(Instant.now().plusSeconds(60), "", Long.MAX_VALUE, 10)))
                .isEmpty();
        assertThat(verify().intact()).isTrue();
    }

    @Test
    void entry_hasTheIdOfItsRequestInTheLog() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Audit.class);
        lines.start();
        logger.addAppender(lines);
        try (MDC.MDCCloseable request = MDC.putCloseable("request_id", "r-1")) {
            append(some(1));
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).singleElement().satisfies(line -> assertThat(line.getMDCPropertyMap())
                .containsEntry("request_id", "r-1"));
    }

    @Test
    void entry_whoseTransactionIsUndone_leavesTheChainWhole() {
        append(some(1));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> rig.control.call(
                        c -> {
                            audit.append(c, some(2));
                            throw new IllegalStateException("undone");
                        },
                        LIMIT));
        append(some(3));

        assertThat(verify()).returns(true, ChainVerdict::intact).returns(2L, ChainVerdict::entries);
    }

    @Test
    void chain_writtenByManyAtOnce_isWhole() throws Exception {
        int writers = 4;
        int each = 100;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        long begun = System.nanoTime();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                all.add(threads.submit(() -> writeOnOwnConnection(each)));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("measured %d entries by %d writers: %.1f s%n", writers * each, writers, seconds);
        assertThat(verify()).returns(true, ChainVerdict::intact).returns(400L, ChainVerdict::entries);
    }

    private Void writeOnOwnConnection(int count) throws SQLException {
        try (Connection connection = superuser()) {
            connection.setAutoCommit(false);
            JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            for (int i = 0; i < count; i++) {
                audit.append(database, some(i));
                connection.commit();
            }
        }
        return null;
    }

    @Test
    void table_refusesUpdateDeleteAndTruncate() {
        append(some(1));
        for (String forbidden : List.of(
                "update mooring.audit_entry set reason = 'another'",
                "delete from mooring.audit_entry",
                "truncate mooring.audit_entry cascade",
                "delete from mooring.audit_head",
                "truncate mooring.audit_head")) {
            assertThatExceptionOfType(DataAccessException.class)
                    .as(forbidden)
                    .isThrownBy(() -> rig.control.call(c -> c.sql(forbidden).update(), LIMIT))
                    .withMessageContaining("refused");
        }
    }

    @Test
    void verification_findsAChangedEntry() throws SQLException {
        appendSome(5);
        for (String change : List.of(
                "reason = 'another'",
                "actor = ''",
                "at = at + interval '1 microsecond'",
                "at = 'infinity'",
                "entered_at = now()",
                "details = details || ' '",
                "hash = sha256('x')",
                "entry_id = gen_random_uuid()")) {
            tamper(
                    "create temp table kept as select * from mooring.audit_entry where seq = 3",
                    "update mooring.audit_entry set " + change + " where seq = 3");

            assertThat(verify().findings())
                    .as(change)
                    .isNotEmpty()
                    .allSatisfy(found -> assertThat(found.kind()).isEqualTo(Kind.CHANGED))
                    .first()
                    .returns(3L, ChainFinding::seq);

            tamper("update mooring.audit_entry e set actor = k.actor, at = k.at, entered_at = k.entered_at,"
                    + " reason = k.reason, details = k.details, hash = k.hash, entry_id = k.entry_id from kept k"
                    + " where e.seq = k.seq");
            assertThat(verify().intact()).isTrue();
        }
    }

    @Test
    void verification_findsAFieldThatWasMovedIntoItsNeighbour() throws SQLException {
        append(AuditEntry.of("alice", "act", "subject", "ab", "c"));
        tamper("update mooring.audit_entry set reason = 'a', details = 'bc'");

        assertThat(verify().findings()).singleElement().returns(Kind.CHANGED, ChainFinding::kind);
    }

    @Test
    void verification_findsARemovedEntry() throws SQLException {
        appendSome(5);
        tamper("delete from mooring.audit_entry where seq in (2, 3)");

        assertThat(verify().findings()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(Kind.REMOVED);
            assertThat(found.message()).isEqualTo("entries 2 to 3 are missing");
        });
    }

    @Test
    void verification_findsARemovedEntryAlsoWhenTheRestIsNumberedAnew() throws SQLException {
        appendSome(5);
        tamper(
                "delete from mooring.audit_entry where seq = 2",
                "update mooring.audit_entry set seq = 2 where seq = 3",
                "update mooring.audit_entry set seq = 3 where seq = 4",
                "update mooring.audit_entry set seq = 4 where seq = 5",
                "update mooring.audit_head set seq = 4");

        assertThat(verify().findings()).first().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(Kind.CHANGED);
            assertThat(found.seq()).isEqualTo(2);
        });
    }

    @Test
    void verification_findsEntriesInAnotherOrder() throws SQLException {
        appendSome(5);
        tamper(
                "update mooring.audit_entry set seq = 100 where seq = 2",
                "update mooring.audit_entry set seq = 2 where seq = 3",
                "update mooring.audit_entry set seq = 3 where seq = 100");

        assertThat(verify().findings())
                .first()
                .returns(Kind.CHANGED, ChainFinding::kind)
                .returns(2L, ChainFinding::seq);
    }

    @Test
    void verification_findsACutOffEnd() throws SQLException {
        appendSome(5);
        tamper("delete from mooring.audit_entry where seq > 3");

        assertThat(verify().findings())
                .singleElement()
                .returns(Kind.CUT_OFF, ChainFinding::kind)
                .returns(4L, ChainFinding::seq);
    }

    @Test
    void verification_findsThatTheRecordedEndIsMissing() throws SQLException {
        appendSome(3);
        tamper("delete from mooring.audit_head");
        assertThat(verify().findings()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(Kind.CUT_OFF);
            assertThat(found.message()).contains("the recorded end of the chain is missing");
        });

        tamper("delete from mooring.audit_entry");
        assertThat(verify().intact()).as("without any entry").isFalse();
    }

    @Test
    void verification_findsThatTheFirstEntriesAreMissing() throws SQLException {
        appendSome(3);
        tamper("delete from mooring.audit_entry where seq = 1");

        assertThat(verify().findings())
                .singleElement()
                .returns(Kind.REMOVED, ChainFinding::kind)
                .returns("entry 1 is missing", ChainFinding::message);
    }

    @Test
    void verification_goesOnFromWhereAnEarlierOneCame() {
        appendSome(2);
        ChainLink verified = verify().last();
        appendSome(3);

        ChainWalk rest = new ChainWalk(Optional.empty(), verified);
        assertThat(rig.control.<Boolean>call(rest::step, LIMIT)).isFalse();

        assertThat(rest.verdict()).returns(true, ChainVerdict::intact).returns(3L, ChainVerdict::entries);
    }

    @Test
    void entry_whoseChainCannotBeContinued_waitsUntilItCan() throws SQLException {
        appendSome(2);
        for (String[] damage : new String[][] {
            {"delete from mooring.audit_head"},
            {"update mooring.audit_head set seq = 1, hash = (select hash from mooring.audit_entry where seq = 1)"}
        }) {
            tamper(damage);
            AuditEntry act = some(1);
            assertThatExceptionOfType(ChainBrokenException.class).isThrownBy(() -> append(act));

            boolean done = rig.control.call(
                    database -> {
                        audit.enter(database, act);
                        return true;
                    },
                    LIMIT);

            assertThat(done).as("the act goes on").isTrue();
            assertThat(audit.waiting()).isEqualTo(1);
            assertThat(new ChainNotice(audit).warnings())
                    .singleElement()
                    .asString()
                    .startsWith("audit: ");
            tamper(
                    "delete from mooring.audit_head",
                    "insert into mooring.audit_head (seq, hash) select seq, hash from mooring.audit_entry"
                            + " order by seq desc limit 1");
            await().atMost(Duration.ofSeconds(10)).until(() -> audit.waiting() == 0);
            assertThat(new ChainNotice(audit).warnings()).isEmpty();
            assertThat(verify().intact()).isTrue();
        }
        assertThat(verify().entries()).isEqualTo(4);
    }

    @Test
    void verification_findsACutOffEndThatWasCoveredUp_byAnEntryOfTheLog() throws SQLException {
        appendSome(5);
        ChainLink logged = verify().last();
        tamper(
                "delete from mooring.audit_entry where seq > 3",
                "update mooring.audit_head set seq = 3,"
                        + " hash = (select hash from mooring.audit_entry where seq = 3)");

        assertThat(verify().intact()).as("only the log shows it").isTrue();
        assertThat(verify(Optional.of(logged)).findings()).singleElement().returns(Kind.CUT_OFF, ChainFinding::kind);

        append(some(4));
        append(some(5));
        assertThat(verify(Optional.of(logged)).findings()).singleElement().returns(Kind.CHANGED, ChainFinding::kind);
    }

    @Test
    void verification_findsAnEntryThatTheServiceDidNotAdd() throws SQLException {
        appendSome(3);
        tamper("insert into mooring.audit_entry select 4, gen_random_uuid(), at, entered_at, actor, action, subject,"
                + " reason, details, hash from mooring.audit_entry where seq = 3");

        assertThat(verify().findings()).extracting(ChainFinding::kind).containsExactly(Kind.CHANGED, Kind.CUT_OFF);
    }

    @Test
    void verification_ofALongChain_goesPartByPart() throws SQLException {
        writeOnOwnConnection(2_000);
        writeOnOwnConnection(1);
        ChainWalk walk = new ChainWalk(Optional.empty());

        boolean more = rig.control.call(walk::step, LIMIT);

        assertThat(more).isTrue();
        assertThat(walk.verdict().complete()).isFalse();
        assertThat(rig.control.<Boolean>call(walk::step, LIMIT)).isFalse();
        assertThat(walk.verdict()).returns(true, ChainVerdict::intact).returns(2_001L, ChainVerdict::entries);
    }

    @Test
    void entry_recordedWhileTheDatabaseIsAway_isEnteredOnceWithTheTimeOfTheAct() {
        rig.proxy.inject(Fault.refuse());
        AuditEntry act = some(1);
        audit.recordLater(act);
        await().atMost(Duration.ofSeconds(10)).until(() -> !rig.mooring.health().ready());
        assertThat(audit.waiting()).isEqualTo(1);
        long healed = System.nanoTime();
        rig.proxy.heal();

        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> audit.waiting() == 0);

        System.out.printf(
                "measured late entry confirmed after the heal: %d ms%n", (System.nanoTime() - healed) / 1_000_000);
        assertThat(read(new AuditQuery(Instant.EPOCH, "", Long.MAX_VALUE, 10)))
                .singleElement()
                .satisfies(entered -> {
                    assertThat(entered.entry()).isEqualTo(act);
                    assertThat(entered.enteredAt()).isAfter(act.at());
                });
        assertThat(verify().intact()).isTrue();
    }

    @Test
    void entry_thatWasEnteredAlready_isNotEnteredAgain() {
        AuditEntry unclear = some(1);
        append(unclear);
        audit.recordLater(unclear);

        await().atMost(Duration.ofSeconds(10)).until(() -> audit.waiting() == 0);

        assertThat(verify()).returns(true, ChainVerdict::intact).returns(1L, ChainVerdict::entries);
    }

    @Test
    void entries_moreThanCanWait_areCountedInTheAudit() {
        audit = new Audit(rig.control, 10);
        rig.proxy.inject(Fault.refuse());
        for (int i = 0; i < 13; i++) {
            audit.recordLater(some(i));
        }
        assertThat(audit.waiting()).isEqualTo(10);
        rig.proxy.heal();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> !read(new AuditQuery(Instant.EPOCH, "mooring", Long.MAX_VALUE, 1))
                        .isEmpty());

        assertThat(read(new AuditQuery(Instant.EPOCH, "mooring", Long.MAX_VALUE, 1)))
                .singleElement()
                .satisfies(told -> assertThat(told.entry().details()).startsWith("3 acts"));
        assertThat(verify().intact()).isTrue();
    }

    @Test
    void entry_withWhatCannotBeKept_isRefusedWhenItIsMade() {
        assertThatIllegalArgumentException().isThrownBy(() -> AuditEntry.of("", "act", "", "", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> AuditEntry.of("a", "act", "", "\0", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> AuditEntry.of("a", "act", "", "\ud800", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuditEntry.of("a", "act", "", "", "x".repeat(AuditEntry.LONGEST + 1)));
    }

    private static AuditEntry some(int number) {
        return AuditEntry.of("alice", "breaker.open", "mlflow", "reason " + number, "details");
    }

    private void appendSome(int count) {
        for (int i = 0; i < count; i++) {
            append(some(i));
        }
    }

    private void append(AuditEntry entry) {
        rig.control.call(c -> audit.append(c, entry), LIMIT);
    }

    private List<RecordedEntry> read(AuditQuery query) {
        try {
            return rig.control.call(c -> audit.read(c, query), LIMIT);
        } catch (ControlUnavailableException notYet) {
            return List.of();
        }
    }

    private ChainVerdict verify() {
        return verify(Optional.empty());
    }

    private ChainVerdict verify(Optional<ChainLink> noted) {
        ChainWalk walk = new ChainWalk(noted);
        boolean more = true;
        while (more) {
            more = rig.control.call(walk::step, LIMIT);
        }
        return walk.verdict();
    }

    /** Changes the table past its triggers, as the owner of the database can. */
    private void tamper(String... statements) throws SQLException {
        try (Connection connection = superuser()) {
            connection.setAutoCommit(false);
            ControlRig.change(connection, "set session_replication_role = replica");
            for (String statement : statements) {
                ControlRig.change(connection, statement.replace("temp table kept", "table kept"));
            }
            if (statements[0].contains("from kept k")) {
                ControlRig.change(connection, "drop table kept");
            }
            connection.commit();
        }
    }

    private Connection superuser() throws SQLException {
        return server.admin().connect(rig.postgres.databaseInUse().orElseThrow());
    }
}
