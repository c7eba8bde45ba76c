package dev.mooring.cli.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No library in the runnable jar has a published weakness. The sources hold a short list, so that the check needs no network. {@code
 * -Dmooring.osv=all.zip} checks against a whole database of OSV for Maven.
 */
class KnownWeaknessesTest {
    @Test
    void noLibrary_ofTheRunnableJar_hasAPublishedWeakness() throws Exception {
        String database = System.getProperty("mooring.osv");
        List<Weakness> published = database == null ? Weaknesses.listed() : Weaknesses.ofOsv(Path.of(database));

        assertThat(published).isNotEmpty();
        assertThat(found(published, Sbom.components()))
                .as("libraries with a published weakness; use the version that is fixed")
                .isEmpty();
    }

    @Test
    void versionsWithAWeakness_areFound_andThoseBeforeAndAfterAreNot() throws Exception {
        List<Weakness> listed = Weaknesses.listed();

        assertThat(found(listed, driver("42.7.6")))
                .containsExactly("org.postgresql:postgresql:42.7.6 has CVE-2025-49146");
        assertThat(found(listed, driver("42.7.1")))
                .containsExactly("org.postgresql:postgresql:42.7.1 has CVE-2024-1597");
        assertThat(found(listed, driver("42.7.7"))).isEmpty();
        assertThat(found(listed, List.of(new Component("org.apache.tomcat.embed:tomcat-embed-core", "11.0.2"))))
                .contains("org.apache.tomcat.embed:tomcat-embed-core:11.0.2 has CVE-2025-24813");
    }

    @Test
    void databaseOfOsv_isRead_withItsRanges_andWithoutWhatWasWithdrawn(@TempDir Path folder) throws Exception {
        Path zip = folder.resolve("all.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            advisory(
                    out,
                    "GHSA-1",
                    "",
                    "[{'introduced':'0'},{'fixed':'2.0'},{'introduced':'3.0'},{'last_affected':'3.4'}]");
            advisory(out, "GHSA-2", "'withdrawn':'2024-01-01T00:00:00Z',", "[{'introduced':'0'}]");
            advisory(out, "GHSA-3", "", "[{'introduced':'9.0'}]");
        }
        List<Weakness> known = Weaknesses.ofOsv(zip);

        assertThat(Stream.of("1.9", "2.0", "2.9", "3.0", "3.4", "3.4.1", "3.5", "9.0.1")
                        .flatMap(version -> found(known, List.of(new Component("a:b", version))).stream()))
                .containsExactly(
                        "a:b:1.9 has GHSA-1", "a:b:3.0 has GHSA-1", "a:b:3.4 has GHSA-1", "a:b:9.0.1 has GHSA-3");
    }

    private static void advisory(ZipOutputStream out, String id, String more, String events) throws Exception {
        String json = "{'id':'" + id + "'," + more
                + "'affected':[{'package':{'ecosystem':'Maven','name':'a:b'},'ranges':[{'type':'ECOSYSTEM','events':"
                + events
                + "}]},{'package':{'ecosystem':'npm','name':'a:b'},'ranges':[{'type':'SEMVER','events':[{'introduced':'0'}]}]}]}";
        out.putNextEntry(new ZipEntry(id + ".json"));
        out.write(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<Component> driver(String version) {
        return List.of(new Component("org.postgresql:postgresql", version));
    }

    private static List<String> found(List<Weakness> published, List<Component> components) {
        return components.stream()
                .flatMap(component -> published.stream()
                        .filter(weakness -> weakness.isIn(component))
                        .map(weakness -> component + " has " + weakness.id()))
                .toList();
    }
}
