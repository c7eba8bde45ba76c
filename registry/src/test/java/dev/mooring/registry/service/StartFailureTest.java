package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

    private static Settings settings(Map<String, String> variables) {
        return ServiceConfiguration.read(variables, RegistrySettings.CATALOG);
    }
}
