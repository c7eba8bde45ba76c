package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingFamily;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    @Test
    void referencePage_inTheDocs_isWhatTheCodeSays() {
        Golden.file(ReferencePage.of(RegistrySettings.CATALOG), Path.of("../docs/reference/configuration.md"));
    }

    @Test
    void descriptions_ofAllSettings_areSentencesWithoutTheirDefault() {
        Stream<Setting<?>> members = RegistrySettings.CATALOG.groups().stream()
                .flatMap(group -> group.families().stream())
                .map(SettingFamily::member);

        assertThat(Stream.concat(RegistrySettings.CATALOG.settings().stream(), members))
                .allSatisfy(setting -> assertThat(setting.description())
                        .as(setting.toString())
                        .matches((setting.type().javaType().equals(Boolean.class) ? "Whether " : "[A-Z]") + ".*\\.")
                        .doesNotContainIgnoringCase("default"));
    }
}
