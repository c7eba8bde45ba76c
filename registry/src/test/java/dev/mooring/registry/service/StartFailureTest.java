package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    @Test
    void lowPort_ofAnOrdinaryUser_isToldByItsSettingAndWhatToDo() {
        Settings settings = settings(Map.of("PORT", "80"));

        StartFailure failure =
                StartFailure.unbound(ServiceSettings.PORT, new BindException("Permission denied"), settings);

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.lines())
                .containsExactly(
                        "PORT is \"80\", a port that this user may not listen on: the system keeps low ports for root; set"
                                + " PORT to one from 1024 on, such as 8080, or give the process the capability CAP_NET_BIND_SERVICE");
    }

    @Test
    void managementPort_thatAnotherProcessHas_isNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String taken = String.valueOf(other.getLocalPort());
            Settings settings = settings(Map.of("PORT", "0", "MANAGEMENT_PORT", taken, "BIND_ADDRESS", "127.0.0.1"));

            assertThat(Ports.refusal(settings)).hasValueSatisfying(failure -> {
                assertThat(failure.exitCode()).isOne();
                assertThat(failure.lines())
                        .containsExactly("MANAGEMENT_PORT is \"" + taken
                                + "\", which another process listens on; stop that one or set another port");
            });
        }
    }

    @Test
    void temporaryFolder_thatCannotBeWritten_isNamedWithItsCauseAndWhatToDo() {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "tomcat.8080.1234");
        Exception ofTomcat = new IllegalStateException(
                "Unable to create tempDir", new FileSystemException(file.toString(), null, "Read-only file system"));

        StartFailure failure = StartFailure.of(ofTomcat, settings(Map.of()));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.lines())
                .containsExactly("java.io.tmpdir is \"" + file.getParent()
                        + "\", where the service cannot make its working folder: Read-only file system; expected a"
                        + " folder that this user may write: create or mount it, or name another one with"
                        + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER");
    }

    @Test
    void file_outsideTheTemporaryFolder_isAnOrdinaryFailure() {
        StartFailure failure =
                StartFailure.of(new NoSuchFileException("/nowhere/at/all"), settings(Map.of("PORT", "0")));

        assertThat(failure.exitCode()).isOne();
        assertThat(failure.lines()).singleElement().asString().contains("the service did not start", "/nowhere/at/all");
    }

    private static Settings settings(Map<String, String> variables) {
        return ServiceConfiguration.read(variables, RegistrySettings.CATALOG);
    }
}
