package dev.mooring.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StandaloneServerTest {
    @TempDir
    Path folder;

    @Test
    void secondRun_isARestart_andTheFileSaysHowToReachTheServer() throws Exception {
        Map<String, String> first;
        try (StandaloneServer server = StandaloneServer.start(folder, "it's flow")) {
            first = told();
            assertThat(server).asString().contains(first.get("DATABASE_HOST") + ":" + first.get("DATABASE_PORT"));
            assertThat(ask("create table kept (id int); select current_database()"))
                    .isEqualTo("it's flow");
        }
        try (StandaloneServer server = StandaloneServer.start(folder, "it's flow")) {
            assertThat(server).isNotNull();
            assertThat(told()).isEqualTo(first);
            assertThat(ask("select count(*) from kept")).isEqualTo("0");
        }
        for (String secret : new String[] {"password", "database.env"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret))))
                    .isEqualTo("rw-------");
        }
    }

    /** The variables as a shell reads them. */
    private Map<String, String> told() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "set -a; . ./database.env; env")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        Map<String, String> variables = new HashMap<>();
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("DATABASE_"))
                .forEach(line -> variables.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        assertThat(shell.waitFor()).isZero();
        return variables;
    }

    private String ask(String sql) throws Exception {
        Map<String, String> told = told();
        Properties login = new Properties();
        login.setProperty("user", told.get("DATABASE_USER"));
        login.setProperty("password", Files.readString(Path.of(told.get("DATABASE_PASSWORD_FILE"))));
        login.setProperty("PGDBNAME", told.get("DATABASE_NAME"));
        login.setProperty("PGHOST", told.get("DATABASE_HOST"));
        login.setProperty("PGPORT", told.get("DATABASE_PORT"));
        try (Connection connection = new Driver().connect("jdbc:postgresql:///", login);
                var statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            if (!rows) {
                assertThat(statement.getMoreResults()).isTrue();
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
