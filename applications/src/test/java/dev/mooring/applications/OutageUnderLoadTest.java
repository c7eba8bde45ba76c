package dev.mooring.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.applications.harness.Outage;
import dev.mooring.applications.harness.Trial;
import dev.mooring.applications.harness.Variant;
import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An outage of a real server under 40 callers of a JPA application. With {@code -Dmooring.matrix=full} also without the starter, for
 * comparison.
 */
@Tag("long")
@Timeout(300)
@Tag("alone")
class OutageUnderLoadTest {
    private static final boolean FULL = "full".equals(System.getProperty("mooring.matrix"));
    private static final Duration KILLED = Duration.ofSeconds(2);
    private static final Duration FROZEN = Duration.ofMillis(10_500);
    /** HikariCP's default. */
    private static final int POOL = 10;

    private static final Duration BACK = Duration.ofSeconds(2);
    /** Time for a machine that has other work, on top of what the starter needs. */
    private static final Duration MARGIN = Duration.ofMillis(300);

    private static final Duration AT_ONCE = Duration.ofMillis(10);
    /** 40 callers and the application share the cores: some calls wait for their turn, not for the database. */
    private static final Duration IN_TURN = Duration.ofMillis(60);

    private static TestPostgres postgres;

    @BeforeAll
    static void startServer() {
        postgres = TestPostgres.started();
    }

    @AfterAll
    static void endServer() throws InterruptedException {
        Trial.awaitEnds();
        postgres.close();
    }

    @Test
    void jpaApplication_whoseDatabaseIsKilled_refusesAtOnce_andIsBackSoon() throws Exception {
        if (FULL) {
            report("killed, without the starter", Outage.killed(postgres, Variant.WITHOUT));
        }
        Outage outage = Outage.killed(postgres, Variant.WITH);
        report("killed, with the starter", outage);
        keepsItsPromises(outage, KILLED, 0);
    }

    @Test
    void jpaApplication_whoseDatabaseFreezes_refusesSoon_thenAtOnce_andIsBackSoon() throws Exception {
        if (FULL) {
            report("frozen, without the starter", Outage.frozen(postgres, Variant.WITHOUT));
        }
        Outage outage = Outage.frozen(postgres, Variant.WITH);
        report("frozen, with the starter", outage);
        keepsItsPromises(outage, FROZEN, POOL);
    }

    /** @param hanging how many callers may already hold a connection whose server does not answer */
    private static void keepsItsPromises(Outage outage, Duration told, int hanging) {
        assertThat(outage.told()).as("told down").isLessThan(told.plus(MARGIN));
        assertThat(outage.hanging()).as("calls that wait for the verdict").isLessThanOrEqualTo(hanging);
        assertThat(outage.slowestBefore()).as("the slowest of them").isLessThan(told.plus(MARGIN));
        assertThat(outage.halfAfter()).as("half of the calls after the verdict").isLessThan(AT_ONCE);
        assertThat(outage.mostAfter()).as("95 of 100 of them").isLessThan(IN_TURN);
        assertThat(outage.slowestAfter()).as("each call after the verdict").isLessThan(MARGIN);
        assertThat(outage.back()).as("back").isLessThan(BACK.plus(MARGIN));
        assertThat(outage.failedLater()).as("failed 3 s after it is back").isZero();
    }

    private static void report(String what, Outage outage) {
        System.out.println("measured 40 callers of a JPA application, database " + what + ": " + outage);
    }
}
