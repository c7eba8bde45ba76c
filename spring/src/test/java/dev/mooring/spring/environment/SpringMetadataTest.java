package dev.mooring.spring.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingGroup;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpringMetadataTest {
    @Test
    void springMetadata_ofACatalog_isJsonThatEditorsRead() {
        SettingCatalog catalog = SettingCatalog.of(SettingGroup.of(
                "all",
                "",
                Setting.text("database.host").describedAs("Address of \"the\" server."),
                Setting.secret("database.password").describedAs("Password."),
                Setting.port("port").describedAs("Port.").defaultsTo(8080),
                Setting.list("names").describedAs("Names."),
                Setting.duration("wait").describedAs("Wait.").defaultsTo(Duration.ofSeconds(2))));

        assertThat(SpringMetadata.of(catalog)).isEqualTo("""
                        {
                          "properties": [
                            {"name": "mooring.database.host", "type": "java.lang.String", "description": "Address of \\"the\\" server."},
                            {"name": "mooring.database.password", "type": "java.lang.String", "description": "Password."},
                            {"name": "mooring.database.password-file", "type": "java.nio.file.Path", "description": "File with the value of mooring.database.password."},
                            {"name": "mooring.names", "type": "java.util.List<java.lang.String>", "description": "Names."},
                            {"name": "mooring.port", "type": "java.lang.Integer", "description": "Port.", "defaultValue": 8080},
                            {"name": "mooring.wait", "type": "java.time.Duration", "description": "Wait.", "defaultValue": "2s"}
                          ]
                        }
                        """);
    }
}
