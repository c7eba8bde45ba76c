package dev.mooring.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.mooring.embedded.machine.Folders;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;
import org.slf4j.LoggerFactory;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedPostgresTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** One folder for all tests: unpacking the programs and making the data take seconds. */
    @TempDir
    static Path home;

    private Path data;

    @BeforeEach
    void nameFolder() {
        data = home.resolve("postgres");
    }

    @AfterEach
    void leaveNoServer() {
        new PidFile(data).server().ifPresent(Stop::now);
    }

    @Test
    void start_newFolder_isDurableOnLoopbackBehindAPassword() throws Exception {
        Folders.delete(data);
        try (EmbeddedPostgres postgres = started()) {
            assertThat(query(
                            postgres,
                            "select count(*) from pg_settings where name in "
                                    + "('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'on'"))
                    .isEqualTo("3");
            assertThat(query(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(postgres, "show max_connections")).isEqualTo("150");
            assertThat(query(postgres, "select current_database()")).isEqualTo("wanted");
            assertThat(query(postgres, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThatThrownBy(() -> connect(postgres, "wrong"))
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isEqualTo("28P01"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("mooring.password"))))
                    .isEqualTo("rw-------");
        }
        assertThat(new PidFile(data).server()).isEmpty();
    }

    @Test
    void start_existingData_hasTheSamePortPasswordAndRows() throws Exception {
        int port;
        try (EmbeddedPostgres first = started()) {
            port = first.port();
            insert(first);
        }
        try (EmbeddedPostgres second = started()) {
            assertThat(second.port()).isEqualTo(port);
            assertThat(query(second, "select count(*) from kept")).isEqualTo("1");
        }
    }

    @Test
    void start_anotherDatabaseName_isMadeBesideTheFirst() throws Exception {
        try (EmbeddedPostgres first = started()) {
            insert(first);
        }
        try (EmbeddedPostgres second = EmbeddedPostgres.open("MOORING_HOME", home, "odd \"name\"")) {
            second.start();
            assertThat(second.awaitAccepting(LIMIT)).isTrue();
            assertThat(query(
                            second,
                            "select string_agg(datname, ',' order by datname) from pg_database where datname "
                                    + "in ('wanted', 'odd \"name\"')"))
                    .isEqualTo("odd \"name\",wanted");
        }
    }

    @Test
    void open_portTakenMeanwhile_choosesAnother() throws Exception {
        int port;
        try (EmbeddedPostgres first = started()) {
            port = first.port();
        }
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                EmbeddedPostgres second = started()) {
            assertThat(second.port()).isNotEqualTo(other.getLocalPort());
            assertThat(query(second, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void server_killed_takesConnectionsAgainWithNothingLost() throws Exception {
        try (EmbeddedPostgres postgres = started()) {
            insert(postgres);
            ProcessHandle server = new PidFile(data).server().orElseThrow();
            long killed = System.nanoTime();
            server.destroyForcibly();

            await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> answers(postgres));

            measured("embedded server killed to taking connections", killed, "5000 ms");
            assertThat(query(postgres, "select count(*) from kept")).isEqualTo("1");
            assertThat(new PidFile(data).server().orElseThrow().pid()).isNotEqualTo(server.pid());
        }
    }

    @Test
    void run_throwsAnError_isRepeatedUntilItSucceeds() throws Exception {
        EmbeddedPostgres before = started();
        int port = before.port();
        before.close();
        AtomicInteger thrown = new AtomicInteger();
        AppenderBase<ILoggingEvent> failing = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent line) {
                if (line.getMessage().contains("moves to port") && thrown.getAndIncrement() == 0) {
                    throw new StackOverflowError("of the log");
                }
            }
        };
        Logger logger = (Logger) LoggerFactory.getLogger(EmbeddedPostgres.class);
        failing.start();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open("MOORING_HOME", home, "wanted");
                ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            logger.addAppender(failing);
            postgres.start();

            assertThat(postgres.awaitAccepting(LIMIT)).isTrue();
            assertThat(query(postgres, "select 1")).isEqualTo("1");
            assertThat(postgres.port()).isNotEqualTo(other.getLocalPort());
            assertThat(thrown).hasValue(1);
        } finally {
            logger.detachAppender(failing);
        }
    }

    @Test
    void twoServers_inOneProcess_keepApart(@TempDir Path other) throws Exception {
        try (EmbeddedPostgres first = started();
                EmbeddedPostgres second = EmbeddedPostgres.open("OTHER_HOME", other, "wanted")) {
            insert(first);
            second.start();
            assertThat(second.awaitAccepting(LIMIT)).isTrue();
            insert(second);
            new PidFile(data).server().orElseThrow().destroyForcibly();

            assertThat(query(second, "select count(*) from kept")).isEqualTo("1");
            assertThat(second.port()).isNotEqualTo(first.port());
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> answers(first));
            assertThat(query(first, "select count(*) from kept")).isEqualTo("1");
        }
        assertThat(new PidFile(other.resolve("postgres")).server()).isEmpty();
    }

    @Test
    void open_serverLeftBehind_isStoppedAndStartedAgain() throws Exception {
        Home opened = Home.open("MOORING_HOME", home);
        Programs programs = Distribution.unpack(opened.workshop());
        DataFolder folder = DataFolder.in(opened);
        folder.create(programs, "postgres");
        Postmaster orphan = Postmaster.start(programs, folder);
        orphan.awaitReady();
        ProcessHandle left = new PidFile(data).server().orElseThrow();

        try (EmbeddedPostgres postgres = started()) {
            assertThat(left.isAlive()).isFalse();
            assertThat(postgres.port()).isEqualTo(folder.port());
            assertThat(query(postgres, "select 1")).isEqualTo("1");
        } finally {
            orphan.close();
        }
    }

    @Test
    void open_processIdInUseByAnotherProgram_startsNevertheless() throws Exception {
        started().close();
        Files.write(
                data.resolve("postmaster.pid"),
                List.of(String.valueOf(ProcessHandle.current().pid()), data.toString(), "1", "1", "", "127.0.0.1"));

        try (EmbeddedPostgres postgres = started()) {
            assertThat(query(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void open_killedWhileDataWasMade_beginsAnew() throws Exception {
        Folders.delete(data);
        Path unfinished = Files.createDirectories(home.resolve("postgres-unfinished"));
        Files.writeString(unfinished.resolve("postgresql.conf"), "half");

        try (EmbeddedPostgres postgres = started()) {
            assertThat(query(postgres, "select 1")).isEqualTo("1");
        }
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void close_frozenServer_endsInTime() throws Exception {
        EmbeddedPostgres postgres = started();
        ProcessHandle server = new PidFile(data).server().orElseThrow();
        new ProcessBuilder("kill", "-STOP", String.valueOf(server.pid()))
                .start()
                .waitFor();
        long begun = System.nanoTime();

        postgres.close();

        measured("stop of a frozen embedded server", begun, "5000 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void close_whileDataIsMade_endsAtOnce() throws Exception {
        Folders.delete(data);
        EmbeddedPostgres postgres = EmbeddedPostgres.open("MOORING_HOME", home, "wanted");
        postgres.start();
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(home.resolve("postgres-unfinished")));
        long begun = System.nanoTime();

        postgres.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(data).doesNotExist();
    }

    @Test
    void open_folderInUse_saysByWhom() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.open("MOORING_HOME", home, "wanted")) {
            assertThat(first.host()).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", home, "wanted"))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("MOORING_HOME is \"" + home + "\"")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        EmbeddedPostgres.open("MOORING_HOME", home, "wanted").close();
    }

    @Test
    void open_dataOfAnotherVersion_isRefused(@TempDir Path old) throws Exception {
        Path foreign = Files.createDirectories(old.resolve("postgres"));
        Files.writeString(foreign.resolve("PG_VERSION"), "15\n");

        assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", old, "wanted"))
                .hasMessageContaining("data of PostgreSQL 15")
                .hasMessageContaining("expected that of PostgreSQL 18");
    }

    @Test
    void open_folderThatIsAFile_isRefused() throws Exception {
        Path file = Files.createTempFile(home, "not-a-folder", "");

        assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", file, "wanted"))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessage("MOORING_HOME is \"" + file + "\"; expected a folder that can be written");
    }

    private static EmbeddedPostgres started() throws InterruptedException {
        EmbeddedPostgres postgres = EmbeddedPostgres.open("MOORING_HOME", home, "wanted");
        postgres.start();
        assertThat(postgres.awaitAccepting(LIMIT))
                .as("takes connections within 20 s: %s", postgres)
                .isTrue();
        return postgres;
    }

    private static void insert(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = connect(postgres, postgres.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists kept");
            statement.execute("create table kept (id int)");
            statement.execute("insert into kept values (1)");
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres, postgres.password().reveal());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static boolean answers(EmbeddedPostgres postgres) {
        try {
            return query(postgres, "select 1").equals("1");
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static Connection connect(EmbeddedPostgres postgres, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", postgres.user());
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "5");
        return new Driver()
                .connect("jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/wanted", properties);
    }

    private static void measured(String what, long since, String atMost) {
        System.out.println("measured " + what + ": "
                + Duration.ofNanos(System.nanoTime() - since).toMillis() + " ms (at most " + atMost + ")");
    }
}
