package dev.mooring.operations.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditQuery;
import dev.mooring.operations.audit.RecordedEntry;
import dev.mooring.operations.control.ControlRig;
import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.spring.pool.ConnectionPool;
import dev.mooring.spring.pool.PoolFigures;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolActsTest {
    /** Counts evictions. */
    private record CountingPool(AtomicInteger evictions) implements ConnectionPool {
        @Override
        public String dependency() {
            return "database";
        }

        @Override
        public PoolFigures figures() {
            return new PoolFigures(2, 3, 0, 20, Optional.empty());
        }

        @Override
        public void evict() {
            evictions.incrementAndGet();
        }
    }

    @Test
    void eviction_whileTheDatabaseIsFrozen_isDoneInTwoSecondsAndEnteredInTheAuditLater() throws Exception {
        try (TestPostgres server = TestPostgres.started();
                ControlRig rig = ControlRig.onMigrated(server)) {
            Audit audit = new Audit(rig.control);
            CountingPool pool = new CountingPool(new AtomicInteger());
            PoolActs acts = new PoolActs(List.of(() -> List.of(pool)), rig.control, audit);
            rig.proxy.inject(Fault.silence());

            long begun = System.nanoTime();
            int count = acts.evict(pool, "night shift", "moved to another server");
            Duration took = Duration.ofNanos(System.nanoTime() - begun);

            assertThat(count).isEqualTo(5);
            assertThat(pool.evictions()).hasValue(1);
            assertThat(took).isLessThan(Duration.ofSeconds(3));
            assertThat(audit.waiting()).isEqualTo(1);
            rig.proxy.heal();
            await().atMost(Duration.ofSeconds(30)).until(() -> !read(rig, audit).isEmpty());
            RecordedEntry entry = read(rig, audit).get(0);
            assertThat(entry.entry().action()).isEqualTo("pool.evict");
            assertThat(entry.entry().reason()).isEqualTo("moved to another server");
            assertThat(entry.entry().details()).isEqualTo("3 idle, 2 active; only the instance that was asked");
        }
    }

    private static List<RecordedEntry> read(ControlRig rig, Audit audit) {
        try {
            return rig.control.call(
                    database -> audit.read(database, new AuditQuery(Instant.EPOCH, "", Long.MAX_VALUE, 100)),
                    Duration.ofSeconds(2));
        } catch (ControlUnavailableException notYet) {
            return List.of();
        }
    }
}
