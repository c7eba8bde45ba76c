package dev.mooring.spring.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** Editors complete settings from this file. {@code -Dmooring.regenerate=true} writes it. */
    @Test
    void metadata_isWhatTheDefinitionsSay() throws Exception {
        String wanted = SpringMetadata.ofTheStarter();
        if (Boolean.getBoolean("mooring.regenerate")) {
            Files.writeString(Path.of("src/main/resources", METADATA), wanted);
        }
        try (InputStream file = getClass().getClassLoader().getResourceAsStream(METADATA)) {
            assertThat(file).as(METADATA).isNotNull();
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .as(METADATA)
                    .containsExactlyElementsOf(wanted.lines().toList());
        }
    }

    @Test
    void catalog_withASecondDatabase_hasItsSettingsAndThoseOfItsDependency() {
        SettingCatalog both =
                StarterCatalog.catalog().and(DatabaseSettings.of("reports").catalog());

        assertThat(both.settings())
                .extracting(Setting::toString)
                .contains("DATABASE_HOST", "REPORTS_HOST", "DATABASE_CB_WINDOW", "REPORTS_CB_WINDOW")
                .doesNotHaveDuplicates();
    }
}
