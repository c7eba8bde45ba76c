package dev.mooring.applications;

import dev.mooring.applications.harness.Comparison;
import dev.mooring.applications.harness.Kind;
import dev.mooring.applications.harness.Table;
import dev.mooring.applications.harness.Trial;
import dev.mooring.applications.harness.Variant;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of application with and without the starter, while its database is well, late, and away. With {@code -Dmooring.matrix=full} at
 * more distances and with more outages. Writes its tables to {@code target/matrix.md}.
 */
@Tag("long")
@Timeout(600)
class MatrixTest {
    private static final boolean FULL = "full".equals(System.getProperty("mooring.matrix"));
    private static final List<Integer> DISTANCES = FULL ? List.of(6, 20, 50) : List.of(20);
    /** Without the starter an application at a distance does the same as at none. */
    private static final Set<Variant> ELSEWHERE = FULL ? EnumSet.allOf(Variant.class) : Set.of(Variant.WITH);

    private static final Set<Kind> FROZEN = FULL ? Set.of(Kind.values()) : Set.of(Kind.JDBC_CLIENT, Kind.JPA_DDL);
    private static final Set<Kind> TERMINATED = FULL ? Set.of(Kind.values()) : Set.of(Kind.FLYWAY_JPA, Kind.BATCH_JOB);
    /** What uses the database in its start, so that it can only wait for it. */
    private static final Set<Kind> NEED_IT_AT_START = Set.of(Kind.QUARTZ_STORE, Kind.BATCH_JOB, Kind.NO_WEB);

    private static final Table TABLE = new Table();
    private static TestPostgres postgres;

    @BeforeAll
    static void startServer() {
        postgres = TestPostgres.builder().maxConnections(1_000).start();
    }

    @AfterAll
    static void writeTables() throws IOException, InterruptedException {
        Files.writeString(Path.of("target", "matrix.md"), TABLE.toString());
        System.out.println(TABLE);
        Trial.awaitEnds();
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void application_withTheStarter_isAsWithoutWhileItsDatabaseIsWell_andBetterWhileItIsNot(Kind kind)
            throws InterruptedException {
        SoftAssertions promises = new SoftAssertions();
        Comparison comparison = new Comparison(postgres, kind, TABLE, promises);
        comparison.wellThenOutages(FROZEN.contains(kind));
        for (int distance : DISTANCES) {
            comparison.wellAt(distance, ELSEWHERE);
        }
        if (TERMINATED.contains(kind)) {
            comparison.terminated();
        }
        comparison.late(NEED_IT_AT_START.contains(kind), ELSEWHERE);
        promises.assertAll();
    }
}
