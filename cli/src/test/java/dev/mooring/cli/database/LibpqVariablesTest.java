package dev.mooring.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibpqVariablesTest {
    @Test
    void environment_withoutThem_isEmpty() {
        assertThat(LibpqVariables.in(Map.of("HOME", "/nowhere", "PGSSLMODE", "require")))
                .isEmpty();
    }

    @Test
    void environment_withAllOfThem_isTheSettingsAndSaysSo() {
        LibpqVariables found = LibpqVariables.in(Map.of(
                        "PGHOST", "db.internal",
                        "PGPORT", "6432",
                        "PGUSER", "flow",
                        "PGPASSWORD", " s3cret ",
                        "PGDATABASE", "oxygen_platform",
                        "PGSSLMODE", "verify-full",
                        "PGCONNECT_TIMEOUT", "7",
                        "PGAPPNAME", "nightly"))
                .orElseThrow();

        assertThat(found.environment())
                .containsEntry("DATABASE_HOST", "db.internal")
                .containsEntry("DATABASE_PORT", "6432")
                .containsEntry("DATABASE_USER", "flow")
                .containsEntry("DATABASE_PASSWORD", " s3cret ")
                .containsEntry("DATABASE_NAME", "oxygen_platform")
                .containsEntry("DATABASE_SSLMODE", "verify-full")
                .containsEntry("DATABASE_CONNECT_TIMEOUT", "7")
                .containsEntry("DATABASE_APPLICATION_NAME", "nightly");
        assertThat(found.note())
                .isEqualTo(
                        "no DATABASE_HOST, DATABASE_URL or POSTGRES_URI is set; using libpq's PGHOST, PGPORT, PGUSER,"
                                + " PGDATABASE, PGAPPNAME, PGSSLMODE, PGCONNECT_TIMEOUT, PGPASSWORD");
        assertThat(found).asString().doesNotContain("s3cret");
    }

    @Test
    void environment_withTheUserOnly_hasTheDefaultsOfLibpq() {
        assertThat(LibpqVariables.in(Map.of("PGUSER", "flow", "HOME", "/nowhere"))
                        .orElseThrow()
                        .environment())
                .containsEntry("DATABASE_HOST", "localhost")
                .containsEntry("DATABASE_PORT", "5432")
                .containsEntry("DATABASE_NAME", "flow")
                .doesNotContainKey("DATABASE_PASSWORD");
    }

    @Test
    void severalHosts_haveOnePortEachOrAllTheSame() {
        assertThat(LibpqVariables.in(Map.of("PGHOST", "a,b", "PGPORT", "5433,5434"))
                        .orElseThrow()
                        .environment())
                .containsEntry("DATABASE_HOST", "a:5433,b:5434")
                .doesNotContainKey("DATABASE_PORT");
        assertThat(LibpqVariables.in(Map.of("PGHOST", "a,b", "PGPORT", "5433"))
                        .orElseThrow()
                        .environment())
                .containsEntry("DATABASE_HOST", "a,b")
                .containsEntry("DATABASE_PORT", "5433");
    }

    @Test
    void settingOfOurs_winsOverTheVariable() {
        assertThat(LibpqVariables.in(Map.of("PGHOST", "db", "PGDATABASE", "one", "DATABASE_NAME", "two"))
                        .orElseThrow()
                        .environment())
                .containsEntry("DATABASE_NAME", "two");
    }

    @Test
    void wrongValue_isReportedUnderTheNameThatThePersonWrote() {
        assertThatThrownBy(() -> LibpqVariables.in(Map.of("PGHOST", "db", "PGPORT", "54x2")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("PGPORT is \"54x2\"; expected a port number from 1 to 65535");
        assertThatThrownBy(() -> LibpqVariables.in(Map.of("PGHOST", "/var/run/postgresql")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "PGHOST is \"/var/run/postgresql\", which is the folder of a socket; expected a host name or"
                                + " IP address, because Java connects by TCP only");
    }

    @Test
    void passwordFile_givesThePasswordOfTheFirstLineThatFits(@TempDir Path folder) throws IOException {
        Path file = passwords(folder, "rw-------", """
                # comment
                other:5432:*:flow:no
                db:5432:*:someone:no
                db:*:shop:flow:with\\:colon\\\\and backslash
                *:*:*:*:last
                """);

        assertThat(password(file, "shop")).isEqualTo("with:colon\\and backslash");
        assertThat(password(file, "elsewhere")).isEqualTo("last");
    }

    @Test
    void passwordFile_thatOthersCanRead_doesNotCount(@TempDir Path folder) throws IOException {
        assertThat(password(passwords(folder, "rw-r--r--", "*:*:*:*:last\n"), "shop"))
                .isNull();
    }

    @Test
    void passwordFile_withoutItsVariable_isInTheHomeFolder(@TempDir Path folder) throws IOException {
        Files.move(passwords(folder, "rw-------", "*:*:*:*:last\n"), folder.resolve(".pgpass"));

        LibpqVariables found = LibpqVariables.in(Map.of("PGHOST", "db", "HOME", folder.toString()))
                .orElseThrow();

        assertThat(found.environment()).containsEntry("DATABASE_PASSWORD", "last");
        assertThat(found.note()).endsWith("PGHOST, ~/.pgpass");
    }

    private static String password(Path file, String database) {
        Map<String, String> variables = new HashMap<>(
                Map.of("PGHOST", "db", "PGUSER", "flow", "PGDATABASE", database, "PGPASSFILE", file.toString()));
        return LibpqVariables.in(variables).orElseThrow().environment().get("DATABASE_PASSWORD");
    }

    private static Path passwords(Path folder, String rights, String lines) throws IOException {
        Path file = Files.createFile(
                folder.resolve("passwords"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, lines);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }
}
