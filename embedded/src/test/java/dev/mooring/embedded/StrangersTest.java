package dev.mooring.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.Account;
import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.Unprivileged;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What other users of the machine may do to the server, and the server to them. Run by root, the server runs as another user; run by an
 * ordinary user, as that one.
 */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StrangersTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int STRANGER = 54_321;

    /** One for all tests: unpacking the programs and making the data take seconds. */
    @TempDir
    private static Path top;

    private final Path home = top.resolve("home");
    private final Path data = home.resolve("postgres");

    /** Lets the user through that runs the server in place of root; one test has a folder below a closed one. */
    @BeforeAll
    static void letThrough() throws IOException {
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void leaveNoServer() {
        new PidFile(data).server().ifPresent(Stop::now);
    }

    @Test
    void programs_thatTheServerRuns_cannotReadOrWriteWhatOnlyRootMay() throws Exception {
        Path closed = Files.createDirectories(top.resolve("closed"));
        Path secret = Unprivileged.isRoot()
                ? Files.createFile(
                        closed.resolve("key"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Path.of("/etc/shadow");
        Path target = Unprivileged.isRoot() ? closed.resolve("written") : Path.of("/etc/mooring-was-here");
        try (EmbeddedPostgres postgres = started(home)) {
            assertThat(copiedFrom(postgres, "id -u")).isNotEqualTo("0");
            assertThatThrownBy(() -> copiedFrom(postgres, "cat " + secret)).hasMessageContaining("failed");
            assertThatThrownBy(() -> execute(postgres, "copy (select 1) to program 'cat > " + target + "'"))
                    .hasMessageContaining("failed");
            assertThatThrownBy(() -> execute(postgres, "copy (select 1) to '" + target + "'"))
                    .hasMessageContaining("denied");
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void folder_belowOneThatOnlyItsOwnerMayEnter_servesAndKeepsItsData() throws Exception {
        Path below = Files.createDirectories(top.resolve("private/deep"), Folders.ownerOnly());
        for (int start = 0; start < 2; start++) {
            try (EmbeddedPostgres postgres = started(below.resolve("home"))) {
                execute(postgres, "create table if not exists kept (id int)");
                execute(postgres, "insert into kept values (1)");
                assertThat(asked(postgres, "select count(*) from kept")).isEqualTo(String.valueOf(start + 1));
                assertThat(copiedFrom(postgres, "id -u")).isNotEqualTo("0");
                assertThat(asked(postgres, "select count(*) from pg_timezone_names where name = 'Europe/Vienna'"))
                        .as("a file of the distribution")
                        .isEqualTo("1");
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(below)))
                .isEqualTo("rwx------");
    }

    @Test
    void data_thatAnEarlierReleaseKeptWithRootsFiles_startsAgain() throws Exception {
        try (EmbeddedPostgres postgres = started(home)) {
            execute(postgres, "drop table if exists old");
            execute(postgres, "create table old as select 7 as id");
        }
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : Unprivileged.isRoot() ? all.toList() : List.<Path>of()) {
                Files.setAttribute(path, "unix:uid", Account.ROOT, LinkOption.NOFOLLOW_LINKS);
            }
        }
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));

        try (EmbeddedPostgres postgres = started(home)) {
            assertThat(asked(postgres, "select id from old")).isEqualTo("7");
            assertThat(copiedFrom(postgres, "id -u")).isNotEqualTo("0");
        }
    }

    @Test
    void port_thatAnotherProcessTookWhileTheServerWasDown_isLeftToIt() throws Exception {
        try (EmbeddedPostgres postgres = started(home)) {
            int port = postgres.port();
            try (ServerSocket stranger = takePort(port)) {
                await().atMost(LIMIT).until(() -> answers(postgres));

                assertThat(postgres.port()).isNotEqualTo(stranger.getLocalPort());
            }
        }
        try (EmbeddedPostgres postgres = started(home)) {
            assertThat(asked(postgres, "show port")).isEqualTo(String.valueOf(postgres.port()));
        }
    }

    /** Kills the server and listens on its port before it is back. */
    private ServerSocket takePort(int port) {
        for (int attempt = 0; attempt < 20; attempt++) {
            await().atMost(LIMIT).until(() -> new PidFile(data).server().isPresent());
            ProcessHandle server = new PidFile(data).server().orElseThrow();
            server.destroyForcibly();
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(2)).until(() -> !server.isAlive());
            try {
                return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            } catch (IOException serverWasFaster) {
                // Once more.
            }
        }
        throw new AssertionError("the server is always faster");
    }

    @Test
    void programs_thatAnotherHandPutThere_areNotRun() throws Exception {
        Path initdb =
                Distribution.unpack(Files.createDirectories(home)).directory().resolve("initdb");
        Path marker = Path.of(top + "-planted");
        Folders.delete(data);
        String planted = "#!/bin/sh\ntouch '" + marker + "'\nexit 1\n";
        Files.writeString(initdb, planted);
        Files.setPosixFilePermissions(initdb, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (EmbeddedPostgres postgres = started(home)) {
            assertThat(asked(postgres, "select 1")).isEqualTo("1");
        } finally {
            assertThat(Files.deleteIfExists(marker))
                    .as("the planted program ran")
                    .isFalse();
        }
        assertThat(Files.size(initdb)).isGreaterThan(planted.length());
    }

    @Test
    void lock_thatIsALink_isRefusedAndItsTargetStays() throws Exception {
        Path other = Files.createDirectories(top.resolve("linked"));
        Path target = Files.writeString(top.resolve("target"), "precious");
        Files.createSymbolicLink(other.resolve("lock"), target);

        assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", other, "wanted"))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessage("MOORING_HOME is \"" + other + "\", which cannot be used: " + other.resolve("lock")
                        + " is a symbolic link or no regular file");
        assertThat(target).hasContent("precious");
    }

    @Test
    void password_thatIsALink_isRefused() throws Exception {
        started(home).close();
        Path file = data.resolve("mooring.password");
        Path moved = top.resolve("moved");
        Files.move(file, moved);
        Files.createSymbolicLink(file, moved);
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", home, "wanted"))
                    .hasMessageContaining("mooring.password is a symbolic link");
        } finally {
            Files.delete(file);
            Files.move(moved, file);
        }
    }

    @Test
    void folder_thatOthersMayWrite_isRefused() throws Exception {
        Path open = Files.createDirectories(top.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", open, "wanted"))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessage(
                        "MOORING_HOME is \"" + open + "\", which other users may write (mode 0777); expected a folder"
                                + " that only its owner may write: run chmod go-w on it, or name a folder inside it");
        assertThat(open).isEmptyDirectory();
    }

    @Test
    void dataThatOthersMayEnter_orThatIsALink_isRefused() throws Exception {
        started(home).close();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", home, "wanted"))
                .hasMessageContaining("whose folder postgres other users may enter (mode 0755)");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));

        Path linking = Files.createDirectories(top.resolve("linking"));
        Files.createSymbolicLink(linking.resolve("postgres"), data);
        assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", linking, "wanted"))
                .hasMessageContaining("whose folder postgres is a symbolic link");
    }

    /** Only root can make a folder of another user; the rule itself is the same for all. */
    @Test
    void folder_ofAnotherUser_isRefused() throws Exception {
        Path foreign = Files.createDirectories(top.resolve("foreign"));
        Path link = Files.createSymbolicLink(top.resolve("link"), foreign);
        EmbeddedPostgres.open("MOORING_HOME", link, "wanted").close();
        if (Unprivileged.isRoot()) {
            Files.setAttribute(foreign, "unix:uid", STRANGER);
            assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", foreign, "wanted"))
                    .hasMessage("MOORING_HOME is \"" + foreign + "\", which belongs to user " + STRANGER
                            + "; expected a folder of the user that runs this program: run it as " + STRANGER
                            + ", or name another folder");
            assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", link, "wanted"))
                    .hasMessageContaining("a symbolic link to a folder that belongs to user " + STRANGER);
            Files.setAttribute(link, "unix:uid", STRANGER, LinkOption.NOFOLLOW_LINKS);
            assertThatThrownBy(() -> EmbeddedPostgres.open("MOORING_HOME", link, "wanted"))
                    .hasMessageContaining("a symbolic link that belongs to user " + STRANGER);
        }
    }

    private static EmbeddedPostgres started(Path home) throws InterruptedException {
        EmbeddedPostgres postgres = EmbeddedPostgres.open("MOORING_HOME", home, "wanted");
        postgres.start();
        if (!postgres.awaitAccepting(LIMIT)) {
            postgres.close();
            throw new AssertionError("takes no connections: " + postgres);
        }
        return postgres;
    }

    private static String copiedFrom(EmbeddedPostgres postgres, String program) throws SQLException {
        execute(postgres, "drop table if exists said");
        execute(postgres, "create table said (line text)");
        execute(postgres, "copy said from program '" + program + "'");
        return asked(postgres, "select line from said");
    }

    private static boolean answers(EmbeddedPostgres postgres) {
        try {
            return asked(postgres, "select 1").equals("1");
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String asked(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + postgres.host() + ":" + postgres.port()
                        + "/wanted?connectTimeout=2&socketTimeout=5&requireAuth=scram-sha-256",
                postgres.user(),
                postgres.password().reveal());
    }
}
