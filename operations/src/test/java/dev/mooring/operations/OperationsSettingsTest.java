package dev.mooring.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.operations.authservice.AuthServiceSettings;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SpringMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsSettingsTest {
    private static final Path METADATA = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    /** The file from which editors complete settings. {@code -Dmooring.regenerate=true} writes it anew. */
    @Test
    void metadata_isWhatTheDefinitionsSay() throws Exception {
        String wanted =
                SpringMetadata.of(SettingCatalog.of(OperationsSettings.OPERATIONS, AuthServiceSettings.AUTH_SERVICE));
        if (Boolean.getBoolean("mooring.regenerate")) {
            Files.writeString(METADATA, wanted);
        }

        assertThat(Files.readString(METADATA).lines())
                .containsExactlyElementsOf(wanted.lines().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.1.2.3, true",
        "::1, true",
        "0.0.0.0, false",
        "10.0.0.1, false",
        "::, false",
        "fe80::1, false",
        "localhost, false",
        "999.1.1.1, false",
        "my-host, false"
    })
    void service_onALoopbackAddress_isReachableFromThisMachineOnly(String address, boolean only) {
        Settings settings = Settings.of(
                SettingSource.environment(Map.of("BIND_ADDRESS", address)), SettingCatalog.of(ServiceSettings.SERVICE));

        assertThat(OperationsSettings.isReachableFromThisMachineOnly(settings)).isEqualTo(only);
    }
}
