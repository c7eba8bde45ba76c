package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class LibraryExampleTest {
    @Test
    void libraryExample_onARealDatabase_runsToItsEnd() {
        try (TestPostgres database = TestPostgres.started();
                ChildProcess program = ChildProcess.java(LibraryExample.class.getName())
                        .environment("DATABASE_HOST", database.host())
                        .environment("DATABASE_PORT", String.valueOf(database.port()))
                        .environment("DATABASE_USER", database.admin().user())
                        .environment("DATABASE_PASSWORD", database.admin().password())
                        .environment("DATABASE_NAME", "postgres")
                        .start()) {
            assertThat(program.awaitExit(Duration.ofSeconds(45)))
                    .as("%s", program)
                    .isZero();
            assertThat(program.stdout()).contains("PostgreSQL", "HEALTHY, [for ada]");
        }
    }

    @Test
    void libraryExample_withoutASetting_saysWhichOne() {
        try (ChildProcess program = ChildProcess.java(LibraryExample.class.getName())
                .cleanEnvironment()
                .start()) {
            assertThat(program.awaitExit(Duration.ofSeconds(30))).isNotZero();
            assertThat(String.join("\n", program.stderr()))
                    .contains("DATABASE_HOST is not set; expected a host name or IP address");
        }
    }
}
